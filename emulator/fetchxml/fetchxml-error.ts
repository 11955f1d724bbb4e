/** A FetchXML query that cannot be read; `code` is the platform's. */
export class FetchXmlError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
