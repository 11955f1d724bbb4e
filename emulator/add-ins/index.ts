import type { Condition, Row } from '../query/index.ts';
import type { AddIn, Configuration } from './add-in.ts';
import type { AddInParts } from './contract.ts';
import { customerCreditSnapshot } from './customer-credit-snapshot/index.ts';
import { faults } from './faults.ts';
import { virtualTableStarter } from './virtual-table-starter/index.ts';

export type { AddInParts } from './contract.ts';

const table = 'addin_installation';
/** Decided: no list of states is published. */
const states = {
  installing: 'Installing',
  installed: 'Installed',
  failed: 'Failed',
  removing: 'Uninstalling',
} as const;

interface Installation {
  readonly id: string;
  readonly state: string;
  readonly configuration: Configuration;
  readonly message: string | null;
}

/**
 * Add-ins of a linked environment: installed, configured and uninstalled here; which ones are there, and how they are configured,
 * stands in Dataverse.
 */
export function createAddIns(parts: AddInParts) {
  const { dataverse, work } = parts;
  const all = [customerCreditSnapshot(parts), virtualTableStarter(parts)];
  const running = new Map<string, () => void>();

  async function read({ uniqueName }: AddIn): Promise<Installation | undefined> {
    if (dataverse.metadata.table(table) === undefined) return undefined;
    const filter: Condition = {
      kind: 'compare',
      left: { column: 'addin_uniquename' },
      operator: 'eq',
      right: uniqueName,
    };
    const columns = [`${table}id`, 'addin_state', 'addin_configuration', 'addin_message'];
    const [row] = await dataverse.organization.retrieveMultiple({ table, columns, joins: [], order: [], filter });
    if (row === undefined) return undefined;
    return {
      id: String(row[`${table}id`]),
      state: String(row['addin_state']),
      configuration: JSON.parse(String(row['addin_configuration'] ?? '{}')) as Configuration,
      message: row['addin_message'] === null ? null : String(row['addin_message']),
    };
  }

  function begin(addIn: AddIn, configuration: Configuration): void {
    end(addIn);
    running.set(addIn.uniqueName, addIn.start(configuration));
  }

  function end({ uniqueName }: AddIn): void {
    running.get(uniqueName)?.();
    running.delete(uniqueName);
  }

  async function setUp(addIn: AddIn, id: string, configuration: Configuration): Promise<void> {
    const note = (row: Row) => dataverse.organization.update(table, id, row);
    try {
      await addIn.setUp(configuration);
      await note({ addin_state: states.installed, addin_message: null });
      begin(addIn, configuration);
    } catch (error) {
      parts.log(`add-in ${addIn.uniqueName}: ${(error as Error).message}`);
      await note({ addin_state: states.failed, addin_message: (error as Error).message.slice(0, 1000) });
    }
  }

  async function install(addIn: AddIn, given: Readonly<Record<string, unknown>>): Promise<void> {
    const configuration = readConfiguration(addIn, given);
    const there = await read(addIn);
    const row: Row = {
      addin_name: addIn.name,
      addin_uniquename: addIn.uniqueName,
      addin_version: addIn.version,
      addin_state: states.installing,
      addin_message: null,
      addin_configuration: JSON.stringify(configuration),
    };
    if (there !== undefined) await dataverse.organization.update(table, there.id, row);
    const id = there?.id ?? (await dataverse.organization.create(table, row));
    end(addIn);
    work.start(`add-in ${addIn.uniqueName}`, () => setUp(addIn, id, configuration));
  }

  async function uninstall(addIn: AddIn, { id }: Installation): Promise<void> {
    await dataverse.organization.update(table, id, { addin_state: states.removing });
    end(addIn);
    work.start(`add-in ${addIn.uniqueName}`, async () => {
      await addIn.remove();
      await dataverse.organization.delete(table, id);
    });
  }

  return {
    async list() {
      const value = [];
      for (const addIn of all) {
        const { uniqueName, name, version, description, settings } = addIn;
        const there = await read(addIn);
        const installation =
          there === undefined
            ? null
            : { state: there.state, configuration: there.configuration, message: there.message };
        value.push({ uniqueName, name, version, description, settings, installation });
      }
      return { isAvailable: parts.isLinked(), value };
    },
    /** @throws Fault without the link, or where the state does not allow the verb */
    async act(name: string, verb: string, configuration: Readonly<Record<string, unknown>>): Promise<unknown> {
      const addIn = all.find(({ uniqueName }) => uniqueName === name);
      if (addIn === undefined)
        throw faults.noAddIn(
          name,
          all.map(({ uniqueName }) => uniqueName),
        );
      if (!['install', 'configure', 'uninstall'].includes(verb)) throw faults.unknownVerb(verb);
      if (!parts.isLinked()) throw faults.notLinked();
      const there = await read(addIn);
      const state = there?.state ?? 'not installed';
      const isAtRest = there === undefined || there.state === states.installed || there.state === states.failed;
      const isFirst = there === undefined || there.state === states.failed;
      if (!isAtRest || (verb === 'install' ? !isFirst : there === undefined))
        throw faults.wrongState(name, state, verb);
      if (verb === 'uninstall') await uninstall(addIn, there!);
      else await install(addIn, verb === 'configure' ? { ...there!.configuration, ...configuration } : configuration);
      return { uniqueName: name, state: (await read(addIn))?.state ?? null };
    },
    /** Begins what installed add-ins do; what was cut off in the middle is done again. */
    async resume(): Promise<void> {
      for (const addIn of all) {
        const there = await read(addIn);
        if (there?.state === states.installed) begin(addIn, there.configuration);
        else if (there?.state === states.installing) await install(addIn, there.configuration);
        else if (there?.state === states.removing) await uninstall(addIn, there);
      }
    },
    /** Ends what installed add-ins do: the link is gone. */
    pause: () => all.forEach(end),
  };
}

export type AddIns = ReturnType<typeof createAddIns>;

/** @throws Fault for a setting there is not, or a value of the wrong kind */
function readConfiguration({ settings }: AddIn, given: Readonly<Record<string, unknown>>): Configuration {
  const stranger = Object.keys(given).find((name) => !settings.some((setting) => setting.name === name));
  if (stranger !== undefined)
    throw faults.badConfiguration(
      `There is no setting '${stranger}'. There are ${settings.map(({ name }) => name).join(', ')}.`,
    );
  return Object.fromEntries(
    settings.map(({ name, type, default: fallback }) => {
      const value = given[name] ?? fallback;
      if (typeof value !== (type === 'text' ? 'string' : 'number'))
        throw faults.badConfiguration(`The setting '${name}' is a ${type}.`);
      return [name, value as string | number];
    }),
  );
}
