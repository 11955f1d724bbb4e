import { fault } from './fault.ts';

/** Limits of service protection, and of addresses. */
export const limits = {
  tooManyRequests: (most: number, seconds: number, retryAfter: number) =>
    fault(
      'tooManyRequests',
      '0x80072322',
      429,
      `Number of requests exceeded the limit of ${most} over time window of ${seconds} seconds.`,
      { retryAfter },
    ),
  tooMuchTime: (most: number, seconds: number, retryAfter: number) =>
    fault(
      'tooMuchTime',
      '0x80072321',
      429,
      `Combined execution time of incoming requests exceeded limit of ${most * 1000} milliseconds over time window of ${seconds} seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.`,
      { retryAfter },
    ),
  tooConcurrent: (most: number, retryAfter: number) =>
    fault('tooConcurrent', '0x80072326', 429, `Number of concurrent requests exceeded the limit of ${most}.`, {
      retryAfter,
    }),
  urlTooLong: (most: number) =>
    fault(
      'urlTooLong',
      '0x80060888',
      414,
      `The request URL is longer than ${most} characters. Send it inside a $batch.`,
    ),
} as const;
