import { escapeXml } from '../../kernel/index.ts';
import type { ActionType, DataEntity, DataEntityAction } from '../../finance-operations/contract.ts';
import { messageName, resultName, virtualTableName } from '../names.ts';

/** Numbers of the types a custom API has for those that qualify. */
const types: Readonly<Record<ActionType, number>> = { boolean: 0, utcDateTime: 1, int: 7, string: 10, guid: 12 };

/** One that answers rows or a collection is no message of Dataverse. */
export const isMessage = ({ returns }: DataEntityAction): boolean =>
  returns === undefined || (returns.type !== 'rows' && returns.isCollection !== true);

/**
 * Messages of Dataverse for the OData actions of an entity, as the files a solution brings them in.
 *
 * Decided: they are custom APIs; one of the set is bound to nothing, one of a row to the virtual table.
 */
export function actionFiles(entity: DataEntity): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const action of entity.actions.filter(isMessage)) {
    const name = messageName(entity, action);
    const folder = `customapis/${name}`;
    const put = (path: string, text: string) => files.set(`${folder}/${path}`, Buffer.from(text));
    put('customapi.xml', apiXml(entity, action, name));
    for (const parameter of action.parameters)
      put(
        `customapirequestparameters/${parameter.name}/customapirequestparameter.xml`,
        partXml('customapirequestparameter', parameter.name, types[parameter.type], parameter.type === 'string'),
      );
    if (action.returns !== undefined)
      put(
        `customapiresponseproperties/${resultName}/customapiresponseproperty.xml`,
        partXml('customapiresponseproperty', resultName, types[action.returns.type as ActionType]),
      );
  }
  return files;
}

const apiXml = (entity: DataEntity, { name, binding }: DataEntityAction, unique: string) =>
  `<customapi uniquename="${unique}"><bindingtype>${binding === 'row' ? 1 : 0}</bindingtype>
<boundentitylogicalname>${binding === 'row' ? virtualTableName(entity.name) : ''}</boundentitylogicalname>
<displayname>${escapeXml(`${entity.label}: ${name}`)}</displayname><name>${unique}</name><isfunction>0</isfunction><isprivate>0</isprivate></customapi>`;

/** A text that is not given is empty there. */
const partXml = (kind: string, name: string, type: number, isOptional?: boolean) =>
  `<${kind} uniquename="${name}"><name>${name}</name><type>${type}</type>${isOptional === undefined ? '' : `<isoptional>${isOptional ? 1 : 0}</isoptional>`}</${kind}>`;
