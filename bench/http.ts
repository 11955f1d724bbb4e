import { request, type Agent } from 'node:http';

export type Get = (url: string) => Promise<string>;

/** One GET over a kept connection, as this user. @throws Error unless the answer is 200 */
export function get(agent: Agent, url: string, user: string): Promise<string> {
  return new Promise((done, failed) => {
    const asked = request(url, { agent, headers: { Authorization: `Bearer ${user}` } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', failed);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (answer.statusCode === 200) done(text);
        else failed(new Error(`GET ${url}: ${answer.statusCode} ${text}`));
      });
    });
    asked.on('error', failed).end();
  });
}
