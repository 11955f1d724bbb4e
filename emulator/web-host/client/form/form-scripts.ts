import { tell } from '../shell/dialogs';
import { shellWords } from '../language/words/shell';

const loaded = new Map<string, Promise<void>>();

/** Loads a form's libraries in their order, each once a page. A missing one is told; the form opens all the same. */
export async function loadLibraries(names: readonly string[]): Promise<void> {
  for (const name of names) {
    let library = loaded.get(name);
    if (library === undefined) loaded.set(name, (library = loadScript(`/WebResources/${encodeURI(name)}`)));
    await library.catch(() => tell(shellWords('scriptError'), shellWords('libraryMissing', name)));
  }
}

function loadScript(url: string): Promise<void> {
  return new Promise((done, failed) => {
    const element = document.createElement('script');
    element.src = url;
    element.onload = () => done();
    element.onerror = () => failed(new Error(url));
    document.head.appendChild(element);
  });
}

/** Finds a function by its dotted name, as form events name it, when it is called. */
export function scriptFunction(name: string, library: string): (...given: unknown[]) => unknown {
  return (...given) => {
    const path = name.split('.');
    const holder = path.slice(0, -1).reduce<unknown>((of, part) => (of as Record<string, unknown>)?.[part], window);
    const found = (holder as Record<string, unknown> | undefined)?.[path[path.length - 1]!];
    if (typeof found !== 'function') throw new Error(`Web resource method does not exist: ${name} (${library})`);
    return (found as (...all: unknown[]) => unknown).apply(holder, given);
  };
}

/** A script that fails is told to the user and stops nothing else. */
export async function runScript(name: string, call: () => unknown): Promise<void> {
  try {
    await call();
  } catch (error) {
    await tell(shellWords('scriptError'), shellWords('scriptFailed', name, messageOf(error)));
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
