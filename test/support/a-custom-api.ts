import type { Part } from './solution-builder.ts';

export interface ApiOptions {
  readonly binding?: 0 | 1 | 2;
  readonly table?: string;
  readonly isFunction?: boolean;
  readonly isPrivate?: boolean;
  readonly privilege?: string;
  /** Takes asynchronous steps: others may hear of it. */
  readonly isEvent?: boolean;
  readonly takes?: readonly [name: string, type: number, more?: string][];
  readonly answers?: readonly [name: string, type: number, more?: string][];
}

/** A custom API as an export holds it: one file for itself, one for each parameter and property below it. */
export function customApi(name: string, options: ApiOptions = {}): Part {
  const {
    binding = 0,
    table = '',
    isFunction = false,
    isPrivate = false,
    privilege = '',
    isEvent = false,
    takes = [],
    answers = [],
  } = options;
  const api = `<customapi uniquename="${name}"><bindingtype>${binding}</bindingtype><boundentitylogicalname>${table}</boundentitylogicalname>
    <executeprivilegename>${privilege}</executeprivilegename><allowedcustomprocessingsteptype>${Number(isEvent)}</allowedcustomprocessingsteptype><isfunction>${Number(isFunction)}</isfunction><isprivate>${Number(isPrivate)}</isprivate><name>${name}</name></customapi>`;
  const part =
    (kind: string, folder: string) =>
    ([one, type, more = '']: readonly [string, number, string?]) =>
      [
        `customapis/${name}/${folder}/${one}/${kind}.xml`,
        `<${kind} uniquename="${one}"><name>${one}</name><type>${type}</type>${more}</${kind}>`,
      ] as const;
  return {
    files: Object.fromEntries([
      [`customapis/${name}/customapi.xml`, api],
      ...takes.map(part('customapirequestparameter', 'customapirequestparameters')),
      ...answers.map(part('customapiresponseproperty', 'customapiresponseproperties')),
    ]),
  };
}
