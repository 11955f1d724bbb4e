import { parseArgs } from 'node:util';
import { planNames, type PlanName } from './flow-runtime/index.ts';

/** Read once at the start, checked, frozen. Units live in the names. */
export interface Settings {
  /** Dataverse and the web host; finance and operations listens on the next one. 0 takes two free ports. */
  readonly port: number;
  /** Folder of the store. */
  readonly dataFolder: string;
  /** Keeps nothing on disk. */
  readonly memory: boolean;
  /** Throws away what an earlier start left and seeds again. */
  readonly reset: boolean;
  readonly seed: boolean;
  /** Customers the generator adds to the named ones. */
  readonly customers: number;
  /** `lenient`: no token, or an unknown one, acts as the system administrator. `strict`: 401. */
  readonly auth: 'lenient' | 'strict';
  /** Whether users meet the service-protection limits of both platforms (429). */
  readonly limits: boolean;
  /** Hosts that `Http` actions of flows may call; none by default. */
  readonly allowedHosts: readonly string[];
  /** The performance profile of the owner of flows: how often they try again, how much they may loop over. */
  readonly flowPlan: PlanName;
  /** Folder of stubs for connectors the runtime does not have. */
  readonly stubs: string | undefined;
  /** Folder with the bodies of custom APIs. */
  readonly customApis: string | undefined;
  /** A solution zip to import instead of the one the build makes. */
  readonly solution: string | undefined;
}

const options = {
  port: { type: 'string', default: '7071' },
  data: { type: 'string', default: '.emulator' },
  memory: { type: 'boolean', default: false },
  reset: { type: 'boolean', default: false },
  'no-seed': { type: 'boolean', default: false },
  customers: { type: 'string', default: '200' },
  auth: { type: 'string', default: 'lenient' },
  limits: { type: 'boolean', default: false },
  'allow-host': { type: 'string', multiple: true, default: [] as string[] },
  'flow-plan': { type: 'string', default: 'low' },
  stubs: { type: 'string' },
  'custom-apis': { type: 'string' },
  solution: { type: 'string' },
} as const;

export const usage = `npm start -- [options]
  --port N         first port; finance and operations takes the next (default 7071, 0 = free ports)
  --data DIR       folder of the store (default .emulator)
  --memory         keep nothing on disk
  --reset          start from the seeded state again
  --no-seed        no demo data
  --customers N    customers the generator adds (default 200)
  --auth MODE      lenient (default) or strict: whether a call without a known token is refused
  --limits         Dataverse answers 429 past its service-protection limits
  --allow-host H   flows may call this host with Http (again for more; default none)
  --flow-plan P    performance profile of flows: low (default), medium or high
  --stubs DIR      stubs for connectors there are not: DIR/<api>/<operation>.json or .cjs
  --custom-apis DIR  bodies of custom APIs: DIR/<unique name>.cjs
  --solution ZIP   import this solution instead of building ours`;

/** @throws Error that names the option, what is wrong with it, and the options there are. */
export function readSettings(commandLine: readonly string[]): Settings {
  const values = parse(commandLine);
  const auth = values.auth;
  if (auth !== 'lenient' && auth !== 'strict') throw mistake(`--auth is lenient or strict, not '${auth}'.`);
  const flowPlan = planNames.find((name) => name === values['flow-plan']);
  if (flowPlan === undefined) throw mistake(`--flow-plan is ${planNames.join(', ')}, not '${values['flow-plan']}'.`);
  return Object.freeze({
    port: readWhole('--port', values.port, 65534),
    dataFolder: values.data,
    memory: values.memory,
    reset: values.reset,
    seed: !values['no-seed'],
    customers: readWhole('--customers', values.customers, 1_000_000),
    auth,
    limits: values.limits,
    allowedHosts: values['allow-host'],
    flowPlan,
    stubs: values.stubs,
    customApis: values['custom-apis'],
    solution: values.solution,
  });
}

function parse(commandLine: readonly string[]) {
  try {
    return parseArgs({ args: [...commandLine], options, strict: true }).values;
  } catch (error) {
    throw mistake((error as Error).message);
  }
}

function readWhole(name: string, text: string, highest: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > highest)
    throw mistake(`${name} is a whole number from 0 to ${highest}, not '${text}'.`);
  return value;
}

function mistake(text: string): Error {
  return new Error(`${text}\n\n${usage}`);
}
