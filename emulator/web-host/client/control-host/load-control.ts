import { userLanguage } from '../language/speak';

export interface ControlProperty {
  readonly name: string;
  readonly type: string;
  readonly isBound: boolean;
  readonly defaultValue: string | undefined;
}

/** A custom control, loaded: its class and what its manifest says. */
export interface LoadedControl {
  readonly name: string;
  readonly create: () => PcfControl;
  readonly isVirtual: boolean;
  readonly properties: readonly ControlProperty[];
  /** Names of its data sets; more than none make it a control of grids. */
  readonly dataSets: readonly string[];
  readonly features: ReadonlySet<string>;
  readonly strings: ReadonlyMap<string, string>;
}

export interface PcfControl {
  init(context: unknown, notifyOutputChanged: () => void, state: object, container?: HTMLDivElement): void;
  updateView(context: unknown): React.ReactElement | void;
  getOutputs?(): Record<string, unknown>;
  destroy(): void;
}

interface Registry {
  readonly controls: Record<string, new () => PcfControl>;
}

const known = new Map<string, Promise<LoadedControl>>();
/** Bundles share a temporary global, so they are loaded one after another. */
let queue: Promise<unknown> = Promise.resolve();

export function loadControl(name: string): Promise<LoadedControl> {
  let control = known.get(name);
  if (control === undefined) {
    control = load(name);
    known.set(name, control);
    control.catch(() => known.delete(name));
  }
  return control;
}

async function load(name: string): Promise<LoadedControl> {
  const base = `/CustomControls/${name}/`;
  const manifest = new DOMParser().parseFromString(await text(`${base}ControlManifest.xml`), 'application/xml');
  const control = manifest.querySelector('control')!;
  for (const library of control.querySelectorAll('platform-library')) requireLibrary(name, library);
  await (queue = queue.then(() => script(`${base}bundle.js`)));
  const full = `${control.getAttribute('namespace')}.${control.getAttribute('constructor')}`;
  const registered = (window as unknown as { ComponentFramework: Registry }).ComponentFramework.controls[full];
  if (registered === undefined) throw new Error(`The bundle of '${name}' did not register '${full}'.`);
  return {
    name,
    create: () => new registered(),
    isVirtual: control.getAttribute('control-type') === 'virtual',
    properties: [...control.querySelectorAll(':scope > property')].map((one) => ({
      name: one.getAttribute('name')!,
      type: one.getAttribute('of-type') ?? '',
      isBound: one.getAttribute('usage') === 'bound',
      defaultValue: one.getAttribute('default-value') ?? undefined,
    })),
    dataSets: [...control.querySelectorAll(':scope > data-set')].map((one) => one.getAttribute('name') ?? ''),
    features: new Set(
      [...control.querySelectorAll('feature-usage > uses-feature')].map((one) => one.getAttribute('name') ?? ''),
    ),
    strings: await readStrings(base, control),
  };
}

/** React 16 and Fluent 8 are on the page; other libraries are refused by name. */
function requireLibrary(control: string, library: Element): void {
  const [name, version = ''] = [library.getAttribute('name'), library.getAttribute('version') ?? ''];
  if ((name === 'React' && /^16\./.test(version)) || (name === 'Fluent' && /^8\./.test(version))) return;
  throw new Error(
    `The control '${control}' asks for ${name} ${version}, which is not emulated. See docs/support-matrix.md.`,
  );
}

async function text(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return response.text();
}

function script(url: string): Promise<void> {
  return new Promise((done, failed) => {
    const element = document.createElement('script');
    element.src = url;
    element.onload = () => done();
    element.onerror = () => failed(new Error(`${url} could not be loaded.`));
    document.head.appendChild(element);
  });
}

async function readStrings(base: string, control: Element): Promise<Map<string, string>> {
  const paths = [...control.querySelectorAll('resources > resx')].map((one) => one.getAttribute('path') ?? '');
  const own = (code: number) => paths.find((path) => path.includes(`.${code}.`));
  const strings = new Map<string, string>();
  for (const path of [own(1033) ?? paths[0], own(userLanguage())]) {
    if (path === undefined) continue;
    const resx = new DOMParser().parseFromString(await text(base + path), 'application/xml');
    for (const entry of resx.querySelectorAll('data'))
      strings.set(entry.getAttribute('name') ?? '', entry.querySelector('value')?.textContent ?? '');
  }
  return strings;
}
