export { extractResources, type ExtractOptions, type ExtractedResources } from './extract-resources.ts';
export { labelGroups } from './label-groups.ts';
export { languageOf } from './cultures.ts';
export { mergeResources } from './merge-resources.ts';
export { readTreeResources, type TreeResources } from './resources.ts';
export { resourceFolder } from './resource-paths.ts';
