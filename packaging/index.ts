export { PackageError } from './package-error.ts';
export { identityOf, type SolutionIdentity, type SolutionPackage } from './solution-package.ts';
export { readFolder, type ReadFolderOptions } from './unpacked-folder.ts';
export * from './xml.ts';
export { readZip, writeZip } from './zip.ts';
