import { setTimeout as wait } from 'node:timers/promises';
import type { Arguments, Option } from './arguments.ts';
import { activeProfile, type Profile } from './profiles.ts';
import { PacError, type Surroundings } from './surroundings.ts';

/** Rows and answers as JSON has them. */
export type Json = Record<string, unknown>;

/** The Web API of an environment, as its signed-in user. */
export interface WebApi {
  readonly environment: string;
  readonly user: string;
  get(path: string): Promise<Json>;
  post(path: string, body: object): Promise<Json>;
  patch(path: string, body: object): Promise<void>;
  delete(path: string): Promise<void>;
}

export const environmentOption: Option = { kind: 'text', aliases: ['env', 'url', 'u'] };

/** Connects as the active profile, to the environment named or to that of the profile, and says so. */
export async function connect(given: Arguments, surroundings: Surroundings): Promise<WebApi> {
  const profile = activeProfile(surroundings);
  const environment = given.text('environment') ?? profile.environment;
  if (environment === undefined)
    throw new PacError('No environment is selected. Name one with --environment, or: pac org select');
  const api = openWebApi({ ...profile, environment });
  const { FriendlyName } = await organizationOf(api);
  surroundings.write(`Connected as ${profile.user}\nConnected to... ${FriendlyName}\n\n`);
  return api;
}

export interface Organization {
  readonly OrganizationId: string;
  readonly EnvironmentId: string;
  readonly FriendlyName: string;
  readonly UniqueName: string;
}

export async function organizationOf(api: WebApi): Promise<Organization> {
  const answer = await api.get(
    'RetrieveCurrentOrganization(AccessType=@p1)?@p1=Microsoft.Dynamics.CRM.EndpointAccessType%27Default%27',
  );
  return answer['Detail'] as Organization;
}

export function openWebApi({ environment, user }: Pick<Profile, 'user'> & { readonly environment: string }): WebApi {
  const base = `${addressOf(environment)}/api/data/v9.2/`;
  async function send(method: string, path: string, body?: object): Promise<Json> {
    const response = await fetch(base + path, {
      method,
      headers: {
        Authorization: `Bearer ${user}`,
        Accept: 'application/json',
        'OData-Version': '4.0',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    }).catch((error: Error) => {
      throw new PacError(`${environment} does not answer: ${String(error.cause ?? error.message)}`);
    });
    const text = await response.text();
    if (!response.ok) throw refusal(response.status, text);
    return text === '' ? {} : (JSON.parse(text) as Json);
  }
  return {
    environment: addressOf(environment),
    user,
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    patch: async (path, body) => void (await send('PATCH', path, body)),
    delete: async (path) => void (await send('DELETE', path)),
  };
}

/** @throws PacError for what is no address */
export function addressOf(environment: string): string {
  if (!URL.canParse(environment))
    throw new PacError(`'${environment}' is no address of an environment, such as http://127.0.0.1:7071.`);
  return new URL(environment).origin;
}

/** A refusal in the words of the platform, with its code. */
function refusal(status: number, text: string): PacError {
  try {
    const { code, message } = (JSON.parse(text) as { error: { code: string; message: string } }).error;
    return new PacError(`${message}${code === '' ? '' : ` (${code})`}`);
  } catch {
    return new PacError(`The environment answered ${status}: ${text.slice(0, 500)}`);
  }
}

/** Ends where a system job is, as `statecode` and `statuscode` say. */
const completed = 3;
const succeeded = 30;

/**
 * Waits for a system job, and says how it comes along.
 *
 * @param progress asked between two looks; what is new of it is printed
 * @throws PacError when it fails, or takes longer than it may
 */
export async function waitFor(
  api: WebApi,
  jobId: string,
  options: { readonly mostMinutes: number; readonly progress?: () => Promise<string>; write(text: string): void },
): Promise<void> {
  const begin = Date.now();
  let told = '';
  for (let pause = 100; ; pause = Math.min(pause * 2, 5000)) {
    const job = await api.get(
      `asyncoperations(${jobId})?$select=statecode,statuscode,message,friendlymessage,errorcode`,
    );
    if (job['statecode'] === completed) return requireSuccess(job);
    const now = (await options.progress?.()) ?? '';
    if (now !== told) options.write(`${now}\n`);
    told = now;
    if (Date.now() - begin > options.mostMinutes * 60_000)
      throw new PacError(`The job ${jobId} is not done after ${options.mostMinutes} minutes; it goes on by itself.`);
    await wait(pause);
  }
}

function requireSuccess(job: Json): void {
  if (job['statuscode'] === succeeded) return;
  const code = Number(job['errorcode'] ?? 0) >>> 0;
  throw new PacError(`${String(job['message'] ?? 'The job failed.')} (0x${code.toString(16).toUpperCase()})`);
}

/** `--max-async-wait-time`, in minutes; an hour unless said. */
export function mostMinutesOf(given: Arguments): number {
  const text = given.text('max-async-wait-time') ?? '60';
  if (!/^\d+$/.test(text) || Number(text) === 0) throw new PacError(`'${text}' is no number of minutes.`);
  return Number(text);
}

/** The row of a solution by its unique name. @throws PacError when it is not there */
export async function solutionNamed(api: WebApi, name: string): Promise<Json> {
  const found = await findSolution(api, name);
  if (found === undefined) throw new PacError(`There is no solution '${name}' in this environment.`);
  return found;
}

export async function findSolution(api: WebApi, name: string): Promise<Json | undefined> {
  const filter = encodeURIComponent(`uniquename eq '${name.replaceAll("'", "''")}'`);
  const { value } = await api.get(`solutions?$select=solutionid,uniquename,version,ismanaged&$filter=${filter}`);
  return (value as Json[])[0];
}
