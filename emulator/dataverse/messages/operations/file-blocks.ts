import type { Lookup } from '../../../query/index.ts';
import { faults } from '../../faults.ts';
import { blockSize } from '../../files/files.ts';
import type { Operation, OperationPlatform, Parameter } from './operation.ts';

const token: Parameter = { name: 'FileContinuationToken', type: 'string' };
const target: Parameter = { name: 'Target', type: 'entityReference' };
const attribute: Parameter = { name: 'FileAttributeName', type: 'string' };
const action = { isFunction: false } as const;

const placeOf = (platform: OperationPlatform, input: Readonly<Record<string, unknown>>) => {
  const { table, id } = input['Target'] as Lookup;
  return platform.files.place(platform.metadata.table(table)!, id, String(input['FileAttributeName']));
};

/**
 * Begins an upload in blocks.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/file-column-data#use-dataverse-messages-to-upload-a-file
 */
export const initializeFileBlocksUpload: Operation = {
  ...action,
  name: 'InitializeFileBlocksUpload',
  parameters: [target, attribute, { name: 'FileName', type: 'string' }],
  results: [token],
  async run({ input, caller }, platform) {
    const place = placeOf(platform, input);
    const fileName = String(input['FileName']);
    platform.files.requireWritable(place, fileName, caller);
    const transfer = { table: place.table.logicalName, row: place.id, column: place.column.logicalName, fileName };
    return { FileContinuationToken: platform.files.transfers.begin(transfer, caller) };
  },
};

/** Takes one block. @throws Fault for a block over 4 MB, an id that is no base64 of at most 64 bytes */
export const uploadBlock: Operation = {
  ...action,
  name: 'UploadBlock',
  parameters: [{ name: 'BlockId', type: 'string' }, { name: 'BlockData', type: 'binary' }, token],
  results: [],
  async run({ input, caller }, { files }) {
    const transfer = files.transfers.of(String(input[token.name]), caller);
    const data = input['BlockData'] as Buffer;
    if (data.length > blockSize)
      throw faults.invalidArgument(
        `Invalid Argument: 'BlockData' holds ${data.length} bytes; a block has 4 MB at most.`,
      );
    files.stored.blocks.put(transfer.id, readBlockId(String(input['BlockId'])), data);
    return {};
  },
};

function readBlockId(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length > 0 && bytes.length <= 64 && bytes.toString('base64') === text) return text;
  throw faults.invalidArgument(`Invalid Argument: the 'BlockId' '${text}' is not the base64 text of 1 to 64 bytes.`);
}

/** The blocks, in the order of the list, become the value of the column. */
export const commitFileBlocksUpload: Operation = {
  ...action,
  name: 'CommitFileBlocksUpload',
  parameters: [
    { name: 'FileName', type: 'string' },
    { name: 'MimeType', type: 'string' },
    { name: 'BlockList', type: 'stringArray' },
    token,
  ],
  results: [
    { name: 'FileId', type: 'guid' },
    { name: 'FileSizeInBytes', type: 'long' },
  ],
  async run({ input, caller }, { files }) {
    const transfer = files.transfers.of(String(input[token.name]), caller);
    const list = input['BlockList'] as readonly string[];
    if (new Set(list.map((one) => one.length)).size > 1)
      throw faults.invalidArgument("Invalid Argument: the ids in 'BlockList' are not all of the same length.");
    if (new Set(list).size < list.length)
      throw faults.invalidArgument("Invalid Argument: 'BlockList' names a block twice.");
    const facts = { name: String(input['FileName']), mimeType: String(input['MimeType']) };
    const done = await files.commit(transfer, list, facts, caller);
    if (done === undefined)
      throw faults.invalidArgument("Invalid Argument: 'BlockList' names a block that was not uploaded.");
    return { FileId: done.id, FileSizeInBytes: done.size };
  },
};

/**
 * Begins a download in blocks; of an image always the full one.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/file-column-data#use-dataverse-messages-to-download-a-file
 */
export const initializeFileBlocksDownload: Operation = {
  ...action,
  name: 'InitializeFileBlocksDownload',
  parameters: [target, attribute],
  results: [
    token,
    { name: 'FileSizeInBytes', type: 'long' },
    { name: 'FileName', type: 'string' },
    { name: 'IsChunkingSupported', type: 'boolean' },
  ],
  async run({ input, caller }, platform) {
    const place = placeOf(platform, input);
    const file = platform.files.open(place, caller, 'full');
    const [table, column] = [place.table.logicalName, place.column.logicalName];
    if (file === undefined) throw faults.noFileAttachment(column, table, place.id);
    const transfer = { table, row: place.id, column, fileName: file.name };
    return {
      FileContinuationToken: platform.files.transfers.begin(transfer, caller),
      FileSizeInBytes: file.size,
      FileName: file.name,
      IsChunkingSupported: true,
    };
  },
};

/** Hands out one block. @throws Fault for one that begins behind the end */
export const downloadBlock: Operation = {
  ...action,
  name: 'DownloadBlock',
  parameters: [{ name: 'Offset', type: 'long' }, { name: 'BlockLength', type: 'long' }, token],
  results: [{ name: 'Data', type: 'binary' }],
  async run({ input, caller }, { files }) {
    const transfer = files.transfers.of(String(input[token.name]), caller);
    const file = files.open(files.placeOf(transfer), caller, 'full');
    if (file === undefined) throw faults.noFileAttachment(transfer.column, transfer.table, transfer.row);
    const [from, length] = [Number(input['Offset']), Number(input['BlockLength'])];
    if (from < 0 || length < 1 || from > file.size) throw faults.rangeOutside(`${from}+${length}`, file.size);
    return { Data: file.read(from, length) };
  },
};

/** Empties the column that holds the file. */
export const deleteFile: Operation = {
  ...action,
  name: 'DeleteFile',
  parameters: [{ name: 'FileId', type: 'guid' }],
  results: [],
  async run({ input, caller }, { files }) {
    const id = String(input['FileId']);
    const file = files.stored.byId(id);
    if (file === undefined) throw faults.fileMissing(id);
    await files.remove(file, caller);
    return {};
  },
};
