import { LazyFiles } from '../lazy-files.ts';
import type { ExtractedResources } from '../localization/index.ts';
import type { Unpacked } from './unpack.ts';

/** An unpacked solution and its resource files; what is not held in memory is not read. */
export function withResources(unpacked: Unpacked, resources: ExtractedResources): Unpacked {
  const files = new LazyFiles();
  for (const path of unpacked.files.keys()) files.set(path, () => unpacked.files.get(path)!);
  for (const [path, content] of resources.files) files.set(path, content);
  return { files, notes: [...unpacked.notes, ...resources.notes] };
}
