import { childText, descend, type XmlElement } from './xml/index.ts';

/** A solution as the zip holds it, whichever way it was read. */
export interface SolutionPackage {
  /** `solution.xml` */
  readonly manifest: XmlElement;
  /** `customizations.xml` */
  readonly customizations: XmlElement;
  /** Payload by its path in the zip, e.g. `WebResources/fno_accountjs…`, `Controls/fno_X/bundle.js`. */
  readonly files: ReadonlyMap<string, Buffer>;
}

export interface SolutionIdentity {
  readonly uniqueName: string;
  readonly version: string;
  readonly isManaged: boolean;
  readonly prefix: string;
}

export function identityOf({ manifest }: Pick<SolutionPackage, 'manifest'>): SolutionIdentity {
  const solution = descend(manifest, 'SolutionManifest');
  return {
    uniqueName: childText(solution, 'UniqueName'),
    version: childText(solution, 'Version'),
    isManaged: childText(solution, 'Managed') === '1',
    prefix: childText(descend(solution, 'Publisher'), 'CustomizationPrefix'),
  };
}
