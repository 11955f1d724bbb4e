import type { ContractCase, Exchange } from './contract-case.ts';
import type { Answer, Session } from './target/session.ts';

/** Sends every step of a case and holds each answer against what the case says. */
export async function check(given: ContractCase, session: Session): Promise<void> {
  for (const step of given.steps) {
    const answer = await session.send(step);
    checkStatus(step, answer);
    checkError(session.fill(step), answer);
    checkHeaders(step, answer, session);
    checkBody(step, answer, session);
    for (const [name, what] of Object.entries(step.keep ?? {})) session.values.set(name, kept(what, answer, session));
  }
}

/** The text beside the number: a wrong status is explained by the body. */
function checkStatus({ send, status }: Exchange, answer: Answer): void {
  if (answer.status !== status)
    throw new Error(`${send}\nanswered ${answer.status}, not ${status}: ${answer.text.slice(0, 1000)}`);
}

function checkError({ code, message }: Exchange, { body }: Answer): void {
  if (code !== undefined) expect(body?.error).toMatchObject({ code, message: expect.any(String) });
  if (message !== undefined) expect(body.error.message).toContain(message);
}

function checkHeaders({ answers = {} }: Exchange, { headers }: Answer, session: Session): void {
  for (const [name, wanted] of Object.entries(answers)) {
    const value = headers.get(name);
    if (wanted === null) expect([name, value]).toEqual([name, null]);
    else if (typeof wanted === 'string') expect([name, value]).toEqual([name, session.fill(wanted)]);
    else expect(`${name}: ${value}`).toMatch(wanted);
  }
}

function checkBody(step: Exchange, { body, text }: Answer, session: Session): void {
  if (step.holds !== undefined) expect(body).toMatchObject(session.fill(step.holds));
  for (const name of step.lacks ?? [])
    for (const row of [body, ...((body as { value?: object[] }).value ?? [])]) expect(row).not.toHaveProperty([name]);
  if (typeof step.text === 'string') expect(text).toBe(session.fill(step.text));
  else if (step.text !== undefined) expect(text).toMatch(step.text);
  const column = step.rows === undefined ? step.column : (['ctr_code', [...step.rows]] as const);
  if (column !== undefined)
    expect((body.value as Record<string, unknown>[]).map((row) => row[column[0]] ?? null)).toEqual(
      session.fill(column[1]),
    );
  if (step.parts !== undefined) expect(partStatuses(text)).toEqual(step.parts);
}

/** Statuses of a batch's answer; those of a change set together. */
function partStatuses(text: string): (number | number[])[] {
  const boundary = /^--(batchresponse_\S+)/.exec(text)?.[1];
  if (boundary === undefined) throw new Error(`The answer is no batch: ${text}`);
  return text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const statuses = [...part.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map((match) => Number(match[1]));
      return part.includes('changesetresponse_') ? statuses : statuses[0]!;
    });
}

function kept(what: string, { headers, body }: Answer, session: Session): string {
  if (what === 'id') return session.values.get('id')!;
  const [, option, link] = /^option:([^:]+):(.+)$/.exec(what) ?? [];
  if (link !== undefined) return new URL(body[link]).searchParams.get(option!)!;
  if (what.startsWith('header:')) return headers.get(what.slice('header:'.length))!;
  return String(what.split('/').reduce((value: any, name) => value[name], body)); // eslint-disable-line @typescript-eslint/no-explicit-any -- a path into JSON
}
