export { PackageError } from './package-error.ts';
export type { ProblemKind, Report } from './problem.ts';
export { requireRootComponents, rootComponentProblems, type RootProblem } from './root-components.ts';
export { identityOf, type SolutionIdentity, type SolutionPackage } from './solution-package.ts';
export { readFolder, type PackageType, type ReadFolderOptions } from './unpacked/read-folder.ts';
export * from './xml/index.ts';
export { readZip, readZipFile, type ReadZipOptions, type ZipLimits } from './zip/read-zip.ts';
export { writeZip, zipChunks } from './zip/write-zip.ts';
export { differences } from './compare-packages.ts';
export { withResources } from './unpacked/with-resources.ts';
export { unpack, unpackBoth, type Unpacked } from './unpacked/unpack.ts';
export { controlFolders, payloadFiles, type PayloadFile } from './unpacked/payload-rules.ts';
export { readMappingFile } from './unpacked/mapping-file.ts';
export { writeFolder, type FolderChanges } from './unpacked/write-folder.ts';
export {
  extractResources,
  languageOf,
  mergeResources,
  readTreeResources,
  type ExtractOptions,
  type TreeResources,
} from './localization/index.ts';
