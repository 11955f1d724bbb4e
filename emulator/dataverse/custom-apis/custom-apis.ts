import { Fault, notEmulated } from '../../kernel/index.ts';
import type { Lookup } from '../../query/index.ts';
import type { Database, SqlRow } from '../../storage/index.ts';
import type { CustomApiBodies, MessageCall, OrganizationService } from '../contract.ts';
import { faults } from '../faults.ts';
import type { Operation, Parameter, Parameters, ParameterType } from '../messages/operations/operation.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';

/** Types of parameters and properties, by their number. */
const types: readonly ParameterType[] = [
  'boolean',
  'dateTime',
  'decimal',
  'entity',
  'entityCollection',
  'entityReference',
  'float',
  'integer',
  'money',
  'picklist',
  'string',
  'stringArray',
  'guid',
];

/** A custom API as `$metadata` shows it. */
export interface CustomApi extends Operation {
  readonly displayName: string;
  /** Left out of `$metadata`; it may be called all the same. */
  readonly isPrivate: boolean;
  /** Others may hear of it when it has been performed: it takes asynchronous steps, and is no function. */
  readonly isEvent: boolean;
}

export interface CustomApis {
  /** Undefined when no active custom API has this unique name. */
  named(name: string): CustomApi | undefined;
  all(): CustomApi[];
}

interface CustomApiParts {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
  /** The JavaScript that does what a plug-in would. */
  readonly bodies: CustomApiBodies;
}

/** Custom APIs that solutions declare; each runs the body that is registered for it. */
export function createCustomApis(parts: CustomApiParts): CustomApis {
  const { database, metadata } = parts;
  const isThere = () => metadata.table('customapi') !== undefined;
  const select = 'select * from customapi where statecode = 0';
  return {
    named(name) {
      const row = isThere() ? database.get(`${select} and uniquename = ?`, [name]) : undefined;
      return row === undefined ? undefined : readApi(row, parts);
    },
    all: () => (isThere() ? database.all(`${select} order by uniquename`).map((row) => readApi(row, parts)) : []),
  };
}

function readApi(row: SqlRow, parts: CustomApiParts): CustomApi {
  const name = String(row['uniquename']);
  const id = String(row['customapiid']);
  const results = readParts(parts.database, 'customapiresponseproperty', id);
  return {
    name,
    displayName: String(row['displayname'] ?? name),
    isFunction: row['isfunction'] === 1,
    isPrivate: row['isprivate'] === 1,
    isEvent: row['isfunction'] !== 1 && Number(row['allowedcustomprocessingsteptype'] ?? 0) > 0,
    boundTo: ([undefined, 'row', 'set'] as const)[Number(row['bindingtype'] ?? 0)],
    table: row['boundentitylogicalname'] === null ? undefined : String(row['boundentitylogicalname']),
    parameters: readParts(parts.database, 'customapirequestparameter', id),
    results,
    get isElsewhere() {
      return parts.bodies(name)?.isElsewhere === true;
    },
    async run(call, { organization, privileges }) {
      const privilege = row['executeprivilegename'];
      if (typeof privilege === 'string' && privilege !== '' && !privileges.has(call.caller, privilege))
        throw faults.privilegeMissing(call.caller.userId, privilege);
      return runBody(call, results, organization, parts.bodies);
    },
  };
}

function readParts(database: Database, table: string, api: string): Parameter[] {
  const rows = database.all(`select * from "${table}" where customapiid = ? order by uniquename`, [api]);
  return rows.map((row) => ({
    name: String(row['uniquename']),
    type: types[Number(row['type'])]!,
    isOptional: row['isoptional'] === 1,
    table: row['logicalentityname'] ? String(row['logicalentityname']) : undefined,
  }));
}

async function runBody(
  call: MessageCall,
  results: readonly Parameter[],
  organization: OrganizationService,
  bodies: CustomApiBodies,
): Promise<Parameters> {
  const body = bodies(call.message);
  if (body === undefined)
    throw notEmulated(
      `The plug-in of the custom API '${call.message}'`,
      `Put its JavaScript into <folder>/${call.message}.cjs and start with --custom-apis <folder>.`,
    );
  const target: Lookup | undefined = call.id === '' ? undefined : { table: call.table.logicalName, id: call.id };
  const output = await given(() =>
    body({ input: call.input, target, caller: call.caller, organization: as(call, organization) }),
  );
  const unknown = Object.keys(output).find((name) => !results.some((one) => one.name === name));
  if (unknown !== undefined)
    throw faults.isvAborted(`The body of '${call.message}' answers '${unknown}', which is none of its properties.`);
  return output as Parameters;
}

/** What a body throws is what a plug-in throws. */
async function given(run: () => unknown): Promise<Readonly<Record<string, unknown>>> {
  try {
    return ((await run()) ?? {}) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw error instanceof Fault ? error : faults.isvAborted((error as Error).message);
  }
}

/** The service as the caller: a body may do what its caller may, unless it names somebody else. */
const as = ({ caller }: MessageCall, organization: OrganizationService): OrganizationService => ({
  create: (table, row, by = caller) => organization.create(table, row, by),
  update: (table, id, row, by = caller) => organization.update(table, id, row, by),
  delete: (table, id, by = caller) => organization.delete(table, id, by),
  retrieve: (table, id, columns, by = caller) => organization.retrieve(table, id, columns, by),
  retrieveMultiple: (query, by = caller) => organization.retrieveMultiple(query, by),
  execute: (message, input, options) => organization.execute(message, input, { caller, ...options }),
});
