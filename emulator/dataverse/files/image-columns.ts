import type { NewId } from '../../kernel/index.ts';
import type { Row } from '../../query/index.ts';
import type { MessageCall, Step } from '../contract.ts';
import { faults } from '../faults.ts';
import type { ColumnMetadata } from '../metadata/model.ts';
import { imageTypeOf } from './image-type.ts';
import { thumbnailOf } from './thumbnail.ts';
import { requireSize, type StoredFiles } from './stored-files.ts';

/** .NET ticks of a moment: what the platform stamps an image with. */
const ticksOf = (time: Date) => 621_355_968_000_000_000 + time.getTime() * 10_000;

interface Parts {
  readonly files: StoredFiles;
  readonly newId: NewId;
  readonly now: () => Date;
}

/**
 * What goes with the value of an image column: id, time stamp and address beside it; the image itself, where the column
 * keeps full images. An emptied column loses all of it.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/image-column-data
 */
export function imageSteps({ files, newId, now }: Parts): Step[] {
  const name = 'Dataverse.ImageColumns';
  const run: Step['run'] = async (call) => {
    for (const column of imagesIn(call)) {
      const content = call.target[column.logicalName];
      const old = files.at({ id: call.id, column });
      if (old !== undefined) files.remove(old.id);
      if (Buffer.isBuffer(content)) {
        requirePrimary(call, column);
        call.target[column.logicalName] = keep(call, column, content);
        Object.assign(call.target, companionsOf(call, column, newId(), ticksOf(now())));
      } else if (call.message === 'Update') Object.assign(call.target, withoutImage(column));
    }
  };

  /** Keeps the image where the column does. @returns its thumbnail @throws Fault 0x80072553 for what is no image */
  function keep({ table, id }: MessageCall, column: ColumnMetadata, content: Buffer): Buffer {
    requireSize(column, content.length);
    const type = imageTypeOf(content);
    const thumbnail = type === undefined ? undefined : thumbnailIn(content, type.mimeType);
    if (type === undefined || thumbnail === undefined)
      throw faults.imageNotProcessed(id, table.logicalName, column.logicalName);
    if (!column.file!.storesFullImage) return thumbnail;
    const fileId = newId();
    const name = `${column.logicalName}.${type.extension}`;
    files.add(fileId, { table, id, column }, { name, mimeType: type.mimeType, size: content.length });
    files.blocks.write(fileId, content);
    return thumbnail;
  }

  return (['Create', 'Update'] as const).map((message) => ({ name, message, stage: 20, run }));
}

/** Undefined for an image that is damaged, or too large to unpack. */
function thumbnailIn(content: Buffer, mimeType: string): Buffer | undefined {
  try {
    return thumbnailOf(content, mimeType);
  } catch {
    return undefined;
  }
}

const imagesIn = ({ table, target }: MessageCall): ColumnMetadata[] =>
  Object.keys(target).flatMap((name) => {
    const column = table.columns.get(name);
    return column?.attributeType === 'Image' ? [column] : [];
  });

/** @throws Fault 0x80090487 where a new row brings another image than the one that stands for it */
function requirePrimary({ message, table }: MessageCall, { logicalName }: ColumnMetadata): void {
  if (message === 'Create' && table.primaryImage !== logicalName)
    throw faults.notThePrimaryImage(logicalName, table.logicalName);
}

function companionsOf({ table }: MessageCall, { logicalName }: ColumnMetadata, id: string, stamp: number): Row {
  const url = `/Image/download.aspx?Entity=${table.logicalName}&Attribute=${logicalName}&Id=${id}&Timestamp=${stamp}`;
  return { [`${logicalName}id`]: id, [`${logicalName}_timestamp`]: stamp, [`${logicalName}_url`]: url };
}

const withoutImage = ({ logicalName }: ColumnMetadata): Row => ({
  [`${logicalName}id`]: null,
  [`${logicalName}_timestamp`]: null,
  [`${logicalName}_url`]: null,
});
