import { attribute, children, descend, type SolutionPackage } from '../../../packaging/index.ts';
import { plainId } from './import-platform.ts';

/** A component the manifest lists. */
export interface RootComponent {
  readonly type: number;
  /** Name or plain id. */
  readonly key: string;
  /** 0 with, 1 without its parts, 2 the shell only. */
  readonly behavior: number;
}

export function readRootComponents({ manifest }: SolutionPackage): RootComponent[] {
  return children(descend(manifest, 'SolutionManifest', 'RootComponents'), 'RootComponent').map((node) => ({
    type: Number(attribute(node, 'type')),
    key: attribute(node, 'schemaName') ?? plainId(attribute(node, 'id') ?? ''),
    behavior: Number(attribute(node, 'behavior') ?? 0),
  }));
}
