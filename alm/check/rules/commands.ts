import { attribute, childText, descend, type XmlElement } from '../../../packaging/index.ts';
import { plainId, type Checked } from '../checked.ts';
import type { Complaint, Rule } from '../rule.ts';

interface Command {
  readonly at: string;
  readonly file: string;
  readonly root: XmlElement;
}

const commandsOf = ({ ownFiles }: Checked): Command[] =>
  ownFiles.flatMap(({ kind, path, root }) =>
    kind === 'appactions' && root?.name === 'appaction'
      ? [{ at: `command ${attribute(root, 'uniquename') ?? ''}`, file: path, root }]
      : [],
  );

const callsScript = ({ root }: Command) => childText(root, 'onclickeventtype') === '2';

function* each(solution: Checked, problem: (command: Command) => string | undefined): Generator<Complaint> {
  for (const command of commandsOf(solution)) {
    const message = problem(command);
    if (message !== undefined) yield { at: command.at, message, file: command.file };
  }
}

/** Modern commands. */
export const commandRules: readonly Rule[] = [
  {
    id: 'command-app',
    severity: 'error',
    code: '0x80072002',
    fails: 'The import of the command stops: the app it belongs to is not there.',
    mend: 'Correct appmoduleid, or add the app.',
    check: (solution) => {
      const apps = solution.list('AppModules', 'AppModule').map((node) => childText(node, 'UniqueName'));
      return each(solution, ({ root }) => {
        const app = childText(descend(root, 'appmoduleid'), 'uniquename');
        return app !== '' && !apps.includes(app) && solution.lacks(app) ? `There is no app '${app}'.` : undefined;
      });
    },
  },
  {
    id: 'command-table',
    severity: 'error',
    code: '0x80072002',
    fails: 'The import of the command stops: the table it belongs to is not there, or is not named for context 1.',
    mend: 'Set contextentity and contextvalue to the table, or context to 0 for all tables.',
    check: (solution) =>
      each(solution, ({ root }) => {
        const table = childText(descend(root, 'contextentity'), 'logicalname');
        if (childText(root, 'context') === '1' && table === '') return 'It is of one table, and names none.';
        return solution.lacksTable(table) ? `There is no table '${table}'.` : undefined;
      }),
  },
  {
    id: 'command-function',
    severity: 'error',
    code: '',
    fails: 'The command does nothing when it is clicked: its script has no such function, or none is named.',
    mend: 'Set onclickeventjavascriptfunctionname to a function the web resource exports.',
    check: (solution) =>
      each(solution, (command) => {
        if (!callsScript(command)) return undefined;
        const name = childText(command.root, 'onclickeventjavascriptfunctionname');
        if (name === '') return 'It names no function.';
        const script = solution.webResourceText(scriptOf(command, solution) ?? '');
        const last = name.split('.').at(-1)!;
        return script === undefined || script.includes(last) ? undefined : `The script has no function '${name}'.`;
      }),
  },
  {
    id: 'command-web-resource',
    severity: 'error',
    code: '0x80072002',
    fails: 'The import of the command stops: its script is found by id, and no web resource has this id.',
    mend: "Set webresourceid to the id of the package's web resource.",
    check: (solution) =>
      each(solution, (command) => {
        const id = idOfScript(command);
        if (!callsScript(command)) return undefined;
        if (id === '') return 'It names no web resource.';
        return scriptOf(command, solution) === undefined && !solution.isElsewhere(id)
          ? `No web resource of the package has the id ${id}.`
          : undefined;
      }),
  },
  {
    id: 'command-parameters',
    severity: 'error',
    code: '',
    fails: 'The function is called without its parameters: they are no JSON list of {"type": number}.',
    mend: 'Write onclickeventjavascriptparameters as e.g. [{"type":5}] for the primary control.',
    check: (solution) =>
      each(solution, ({ root }) => {
        const text = childText(root, 'onclickeventjavascriptparameters');
        return text === '' || isListOfTypes(text) ? undefined : `Its parameters are '${text.slice(0, 60)}'.`;
      }),
  },
];

const idOfScript = ({ root }: Command) =>
  plainId(childText(descend(root, 'onclickeventjavascriptwebresourceid'), 'webresourceid'));

function scriptOf(command: Command, { webResources }: Checked): string | undefined {
  const id = idOfScript(command);
  return [...webResources].find(([, node]) => plainId(childText(node, 'WebResourceId')) === id)?.[0];
}

function isListOfTypes(text: string): boolean {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((one) => typeof (one as { type?: unknown } | null)?.type === 'number');
  } catch {
    return false;
  }
}
