import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Tree } from './unpacked-solution.ts';

const root = join(__dirname, '../..');
const made = ['out', 'generated', 'node_modules'];

/** Another checkout of this repository, or of some of its folders, with the same tools. */
export interface Workspace {
  readonly folder: string;
  write(files: Tree): void;
  remove(): void;
}

/**
 * @param rooms folders of the repository to copy, without what the build makes
 * @param name part of the folder's name, so that two may differ in length
 */
export function aWorkspace(rooms: readonly string[], { name = 'workspace', files = {} as Tree } = {}): Workspace {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const filter = (path: string) => !made.includes(basename(path));
  for (const room of rooms) cpSync(join(root, room), join(folder, room), { recursive: true, filter });
  for (const file of ['package.json', 'run.cjs']) cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const write = (tree: Tree) => {
    for (const [path, content] of Object.entries(tree)) {
      if (content === undefined) {
        rmSync(join(folder, path), { recursive: true, force: true });
        continue;
      }
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  };
  write(files);
  return { folder, write, remove: () => rmSync(folder, { recursive: true }) };
}

/** The smallest control pcf-scripts builds, in `controls/<name>/`. */
export function aTinyControl(name: string): Tree {
  const folder = `controls/${name}`;
  return {
    [`${folder}/ControlManifest.Input.xml`]: `<?xml version="1.0" encoding="utf-8" ?>
<manifest>
  <control namespace="Tiny" constructor="${name}" version="1.0.0" display-name-key="${name}" description-key="${name}" control-type="standard">
    <property name="value" display-name-key="value" of-type="SingleLine.Text" usage="bound" required="true" />
    <resources><code path="index.ts" order="1" /></resources>
  </control>
</manifest>`,
    [`${folder}/index.ts`]: `import { IInputs, IOutputs } from './generated/ManifestTypes';
export class ${name} implements ComponentFramework.StandardControl<IInputs, IOutputs> {
  private container!: HTMLDivElement;
  public init(_context: ComponentFramework.Context<IInputs>, _changed: () => void, _state: ComponentFramework.Dictionary, container: HTMLDivElement): void {
    this.container = container;
  }
  public updateView(context: ComponentFramework.Context<IInputs>): void {
    this.container.textContent = context.parameters.value.raw ?? '';
  }
  public getOutputs(): IOutputs {
    return {};
  }
  public destroy(): void {}
}
`,
    [`${folder}/pcfconfig.json`]: '{ "outDir": "./out/controls", "skipBuildLinting": true }',
    [`${folder}/tsconfig.json`]:
      '{ "extends": "../../node_modules/pcf-scripts/tsconfig_base.json", "compilerOptions": { "types": ["powerapps-component-framework"], "skipLibCheck": true } }',
  };
}
