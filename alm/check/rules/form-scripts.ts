import { attribute, childText, descendants, type XmlElement } from '../../../packaging/index.ts';
import { repeated, valuesOf, type Form } from '../checked.ts';
import type { Rule } from '../rule.ts';

const librariesOf = ({ node }: Form) =>
  [...descendants(node, 'formLibraries')].flatMap((list) => valuesOf(list, 'Library', 'name'));
/** Handlers of the system stand beside ours, in `InternalHandlers`. */
const handlersOf = ({ node }: Form) =>
  [...descendants(node, 'Handlers')].flatMap((list) => [...descendants(list, 'Handler')]);

/** Whether a script holds this name as a word of its own; a bundle keeps the names it exports. */
const mentions = (script: string, name: string) =>
  new RegExp(`(^|[^\\w$])${name.replaceAll('$', '\\$')}($|[^\\w$])`).test(script);
const lastName = (handler: XmlElement) => /([\w$]+)\s*$/.exec(attribute(handler, 'functionName') ?? '')?.[1] ?? '';

/** Libraries and event handlers of forms. */
export const formScriptRules: readonly Rule[] = [
  {
    id: 'form-library',
    severity: 'error',
    code: '0x80048007',
    fails: 'The import of the form stops: its library is no web resource.',
    mend: 'Add the web resource, or take the library out of the form.',
    *check(solution) {
      for (const form of solution.forms)
        for (const name of librariesOf(form))
          if (!solution.webResources.has(name) && solution.lacks(name))
            yield { at: form.at, message: `The library '${name}' is not in the package.`, node: form.node };
    },
  },
  {
    id: 'form-library-type',
    severity: 'error',
    code: '',
    fails: 'The form does not load the library: it is no script.',
    mend: 'Set WebResourceType to 3, or name another web resource.',
    *check(solution) {
      for (const form of solution.forms)
        for (const name of librariesOf(form)) {
          const type = childText(solution.webResources.get(name), 'WebResourceType');
          if (type !== '' && type !== '3')
            yield { at: form.at, message: `'${name}' is of type ${type}.`, node: form.node };
        }
    },
  },
  {
    id: 'form-handler-library',
    severity: 'error',
    code: '0x80048007',
    fails: 'The handler never runs: its library is not loaded with the form.',
    mend: 'List the library in formLibraries.',
    *check({ forms }) {
      for (const form of forms)
        for (const handler of handlersOf(form)) {
          const library = attribute(handler, 'libraryName') ?? '';
          const message = `${attribute(handler, 'functionName')} is of '${library}', which the form does not load.`;
          if (!librariesOf(form).includes(library)) yield { at: form.at, message, node: handler };
        }
    },
  },
  {
    id: 'form-handler-function',
    severity: 'error',
    code: '',
    fails: 'A script error whenever the event is raised: the library has no such function.',
    mend: 'Correct functionName, or export the function from the library.',
    *check(solution) {
      for (const form of solution.forms)
        for (const handler of handlersOf(form)) {
          const library = attribute(handler, 'libraryName') ?? '';
          const script = solution.webResourceText(library);
          const message = `'${library}' has no function '${attribute(handler, 'functionName')}'.`;
          if (script !== undefined && !mentions(script, lastName(handler)))
            yield { at: form.at, message, node: handler };
        }
    },
  },
  {
    id: 'form-handler-id',
    severity: 'error',
    code: '0x80048007',
    fails: 'The import of the form stops: two handlers have one id.',
    mend: 'Give each handler a handlerUniqueId of its own.',
    *check({ forms }) {
      for (const form of forms)
        for (const id of repeated(handlersOf(form).flatMap((one) => attribute(one, 'handlerUniqueId') ?? [])))
          yield { at: form.at, message: `Two handlers have the id ${id}.`, node: form.node };
    },
  },
  {
    id: 'quick-form-events',
    severity: 'error',
    code: '',
    fails: '"Form XML of type quick … cannot contain element: events": the import of the form stops.',
    mend: 'Take events and libraries out of quick view forms, and events out of cards.',
    *check({ forms }) {
      for (const form of forms.filter(({ type }) => type === 'quick' || type === 'card')) {
        const parts = form.type === 'quick' ? ['events', 'formLibraries'] : ['events'];
        for (const part of parts)
          for (const node of descendants(form.node, part)) yield { at: form.at, message: `It has <${part}>.`, node };
      }
    },
  },
];
