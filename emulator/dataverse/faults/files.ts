import { fault } from './fault.ts';

/** What is said of file and image columns. */
export const files = {
  fileTooLarge: () => fault('fileTooLarge', '0x80044a02', 400, 'Attachment file size is too big.'),
  fileInBody: (column: string, table: string) =>
    fault(
      'fileInBody',
      '0x80040203',
      400,
      `Invalid Argument: the file column '${column}' of '${table}' is not written with the row. Send the file to the address of the column; DELETE removes it.`,
    ),
  fileBlocked: () =>
    fault(
      'fileBlocked',
      '0x80043e09',
      400,
      'The attachment is either not a valid type or is too large. It cannot be uploaded or downloaded.',
    ),
  imageTooLarge: (mostKb: number, bytes: number) =>
    fault(
      'imageTooLarge',
      '0x80072553',
      400,
      `Error occured when processing image. Reason: File size is too big. MaxSize: ${Math.floor(mostKb / 1024)} MB, Uploaded filesize: ${Math.floor(bytes / 1_048_576)} MB.`,
    ),
  imageNotProcessed: (id: string, table: string, column: string) =>
    fault(
      'imageNotProcessed',
      '0x80072553',
      400,
      `Error occured when processing image. Reason: Update image properties failed for objectid: ${id}, logicalName: ${table}, attribute: ${column}`,
    ),
  notThePrimaryImage: (column: string, table: string) =>
    fault(
      'notThePrimaryImage',
      '0x80090487',
      400,
      `Non-primary image attribute ${column} of entity ${table} is not allowed to upload during Create operation.`,
    ),
  noFileAttachment: (column: string, table: string, id: string) =>
    fault(
      'noFileAttachment',
      '0x80040217',
      404,
      `No FileAttachment records found for attribute: ${column} of ${table} record with id ${id}.`,
    ),
  fileMissing: (id: string) =>
    fault('fileMissing', '0x80040217', 404, `Entity 'FileAttachment' With Id = ${id} Does Not Exist`),
  transferUnknown: () =>
    fault(
      'transferUnknown',
      '0x80040203',
      400,
      'Invalid Argument: the continuation token names no upload or download of this user, or one that is over.',
    ),
  rangeOutside: (range: string, size: number) =>
    fault(
      'rangeOutside',
      '0x80040203',
      416,
      `Invalid Argument: the range '${range}' lies outside the ${size} bytes of the file.`,
    ),
} as const;
