import type { CustomApiBodies, CustomApiBody, MetadataCatalogue } from '../dataverse/index.ts';
import type { DataEntity, DataEntityAction } from '../finance-operations/contract.ts';
import type { Call, Json } from './call.ts';
import { isMessage } from './generate/action-files.ts';
import { messageName, resultName, virtualTableName } from './names.ts';
import type { EntityProvider } from './provider.ts';

export interface ActionParts {
  readonly metadata: MetadataCatalogue;
  readonly entities: ReadonlyMap<string, DataEntity>;
  readonly call: Call;
  readonly rowPath: EntityProvider['rowPath'];
}

/** What the messages of virtual tables do: they call the OData actions of their data entities, as the calling user. */
export function createActions({ metadata, entities, call, rowPath }: ActionParts): CustomApiBodies {
  function find(name: string): { entity: DataEntity; action: DataEntityAction } | undefined {
    for (const entity of entities.values())
      for (const action of entity.actions)
        if (isMessage(action) && messageName(entity, action) === name) return { entity, action };
    return undefined;
  }
  return (name) => {
    const found = find(name);
    if (found === undefined) return undefined;
    const { entity, action } = found;
    const body: CustomApiBody = async ({ input, target, caller }) => {
      const table = metadata.table(virtualTableName(entity.name))!;
      const [path, query] = (target === undefined ? entity.set : await rowPath(table, target.id, caller)).split('?');
      const parameters = Object.fromEntries(action.parameters.map((one) => [one.name, input[one.name]]));
      const address = `${path}/Microsoft.Dynamics.DataEntities.${action.name}?${query ?? 'cross-company=true'}`;
      const answer: Json | undefined = await call('POST', address, caller, parameters);
      return action.returns === undefined ? {} : { [resultName]: answer?.['value'] };
    };
    return Object.assign(body, { isElsewhere: true });
  };
}
