import type { ImportCall } from './import-platform.ts';
import { findComponent } from './put-component.ts';
import { refusal } from './refusals.ts';

/** The parts of a flow's file an import looks at. */
interface FlowFile {
  readonly properties?: {
    readonly connectionReferences?: Readonly<Record<string, FlowConnection>>;
    readonly definition?: { readonly triggers?: object; readonly actions?: object };
  };
}

interface FlowConnection {
  readonly connection?: { readonly connectionReferenceLogicalName?: string };
  readonly api?: { readonly name?: string };
}

/** Refuses a flow that is no flow, or whose connection references are not there. Connection references come first. */
export function checkFlow(call: ImportCall, name: string, text: string): void {
  const { connectionReferences = {}, definition } = readFlow(name, text).properties ?? {};
  if (definition === undefined || Object.keys(definition.triggers ?? {}).length === 0)
    throw refusal('badFlow', `Flow client data is in invalid format. ('${name}' has no definition with a trigger.)`);
  for (const [key, { connection, api }] of Object.entries(connectionReferences)) {
    const logicalName = connection?.connectionReferenceLogicalName;
    if (logicalName === undefined)
      throw refusal(
        'flowConnectionMissing',
        `The connection '${key}' of the flow '${name}' names no connection reference.`,
      );
    if (findComponent(call, 'connectionreference', 'connectionreferencelogicalname', logicalName) === undefined)
      throw refusal(
        'flowConnectionMissing',
        `The flow '${name}' uses the connection reference '${logicalName}' (${api?.name ?? 'no connector named'}), which is not there.`,
      );
  }
}

function readFlow(name: string, text: string): FlowFile {
  try {
    const parsed = JSON.parse(text) as unknown;
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch (error) {
    throw refusal('badFlow', `Flow client data is in invalid format. ('${name}': ${(error as Error).message})`);
  }
  throw refusal('badFlow', `Flow client data is in invalid format. ('${name}' is no JSON object.)`);
}
