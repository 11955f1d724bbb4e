export { PackageError } from './package-error.ts';
export { requireRootComponents } from './root-components.ts';
export { identityOf, type SolutionIdentity, type SolutionPackage } from './solution-package.ts';
export { readFolder, type PackageType, type ReadFolderOptions } from './unpacked/read-folder.ts';
export * from './xml/index.ts';
export { readZip, type ZipLimits } from './zip/read-zip.ts';
export { writeZip } from './zip/write-zip.ts';
