import { deflateSync } from 'node:zlib';
import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const data = 'dev file-column-data';
const imageData = 'dev image-column-data';
const definitions = 'dev image-attributes';

const steps = (name: string, source: string, ...all: Exchange[]): ContractCase => ({ name, source, steps: all });
const basket: Exchange = { send: 'POST ctr_baskets', body: { ctr_name: 'Files' }, status: 204, keep: { it: 'id' } };
const named = (name: string) => ({ 'x-ms-file-name': name, 'Content-Type': 'application/octet-stream' });

const upload = (body: string | Buffer, name = 'paper.txt', more: Partial<Exchange> = {}): Exchange => ({
  send: 'PATCH ctr_baskets({it})/ctr_paper',
  headers: named(name),
  body,
  status: 204,
  ...more,
});
const download = (more: Partial<Exchange> = {}): Exchange => ({
  send: 'GET ctr_baskets({it})/ctr_paper/$value',
  status: 200,
  ...more,
});
const isEmpty = download({ status: 204 });
const row = (select: string, holds: object): Exchange => ({
  send: `GET ctr_baskets({it})?$select=${select}`,
  status: 200,
  holds,
});
const guid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
const target = { '@odata.type': 'Microsoft.Dynamics.CRM.ctr_basket', ctr_basketid: '{it}' };

/** Four and a half megabytes: one chunk, and some. */
const megabytes = (count: number, letter: string) => Buffer.alloc(count * 1024 * 1024, letter);
const chunk = 4_194_304;
const large = chunk + 1024;

const begin = (name: string, more: Partial<Exchange> = {}): Exchange => ({
  send: `PATCH ctr_baskets({it})/ctr_paper?x-ms-file-name=${name}`,
  headers: { 'x-ms-transfer-mode': 'chunked' },
  status: 200,
  answers: {
    'x-ms-chunk-size': String(chunk),
    'Accept-Ranges': 'bytes',
    Location: /ctr_baskets\([0-9a-f-]{36}\)\/ctr_paper\?sessiontoken=\S+$/,
  },
  keep: { place: 'header:Location' },
  ...more,
});
const piece = (body: Buffer, range: string, status: number, more: Partial<Exchange> = {}): Exchange => ({
  send: 'PATCH {place}',
  headers: { ...named('ignored.bin'), 'Content-Range': range },
  body,
  status,
  ...more,
});

const block = (text: string) => Buffer.from(text).toString('base64');
const initialize = (FileAttributeName = 'ctr_paper', more: Partial<Exchange> = {}): Exchange => ({
  send: 'POST InitializeFileBlocksUpload',
  body: { Target: target, FileName: 'blocks.txt', FileAttributeName },
  status: 200,
  keep: { token: 'FileContinuationToken' },
  ...more,
});
const sendBlock = (BlockId: string, text: string, more: Partial<Exchange> = {}): Exchange => ({
  send: 'POST UploadBlock',
  body: { BlockId: block(BlockId), BlockData: block(text), FileContinuationToken: '{token}' },
  status: 204,
  ...more,
});
const commit = (ids: readonly string[], more: Partial<Exchange> = {}): Exchange => ({
  send: 'POST CommitFileBlocksUpload',
  body: {
    FileName: 'blocks.txt',
    MimeType: 'text/plain',
    BlockList: ids.map(block),
    FileContinuationToken: '{token}',
  },
  status: 200,
  ...more,
});
const openFile = (FileAttributeName = 'ctr_paper', more: Partial<Exchange> = {}): Exchange => ({
  send: 'POST InitializeFileBlocksDownload',
  body: { Target: target, FileAttributeName },
  status: 200,
  keep: { token: 'FileContinuationToken' },
  ...more,
});

export const files: readonly ContractCase[] = [
  steps(
    'PATCH to a file column takes a file, $value hands it out with its name, size and type',
    data,
    basket,
    upload('Hello file', 'hello.txt', { answers: { 'OData-Version': '4.0' } }),
    download({
      text: 'Hello file',
      answers: {
        'x-ms-file-name': 'hello.txt',
        'x-ms-file-size': '10',
        mimetype: 'text/plain',
        'Access-Control-Expose-Headers': /x-ms-file-size; x-ms-file-name; mimetype/,
      },
    }),
  ),
  steps(
    'the row shows the id and the name of the file',
    data,
    basket,
    row('ctr_paper,ctr_paper_name', { ctr_paper: null, ctr_paper_name: null }),
    upload('x', '25mb.pdf'),
    row('ctr_paper,ctr_paper_name', { ctr_paper: guid, ctr_paper_name: '25mb.pdf' }),
  ),
  steps(
    'a file raises the version of its row and counts in queries',
    data,
    basket,
    { ...row('ctr_name', {}), keep: { tag: '@odata.etag' } },
    upload('x'),
    {
      send: 'PATCH ctr_baskets({it})',
      headers: { 'If-Match': '{tag}' },
      body: { ctr_name: 'Old' },
      status: 412,
      code: '0x80060882',
    },
    {
      send: 'GET ctr_baskets?$select=ctr_name&$filter=ctr_basketid eq {it} and ctr_paper ne null',
      status: 200,
      column: ['ctr_name', ['Files']],
    },
  ),
  steps('an empty file column hands out nothing', data, basket, isEmpty),
  steps(
    'another file takes the place of the one before, under another id',
    data,
    basket,
    upload('one'),
    { ...row('ctr_paper', {}), keep: { first: 'ctr_paper' } },
    upload('two'),
    download({ text: 'two' }),
    { send: 'POST DeleteFile', body: { FileId: '{first}' }, status: 404, code: '0x80040217' },
  ),
  steps(
    'PUT takes a file too',
    'dev webapi/update-delete-entities-using-web-api',
    basket,
    upload('put', 'put.bin', { send: 'PUT ctr_baskets({it})/ctr_paper' }),
    download({ text: 'put', answers: { mimetype: 'application/octet-stream' } }),
  ),
  steps(
    'a name beyond ASCII comes in the query, and goes out percent-encoded',
    data,
    basket,
    upload('x', '', {
      send: 'PATCH ctr_baskets({it})/ctr_paper?x-ms-file-name=Größe 测试.txt',
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
    row('ctr_paper_name', { ctr_paper_name: 'Größe 测试.txt' }),
    download({ answers: { 'x-ms-file-name': encodeURIComponent('Größe 测试.txt') } }),
  ),
  steps(
    'the name in the header goes before the one in the query',
    data,
    basket,
    upload('x', 'header.txt', { send: 'PATCH ctr_baskets({it})/ctr_paper?x-ms-file-name=query.txt' }),
    row('ctr_paper_name', { ctr_paper_name: 'header.txt' }),
  ),
  steps(
    'the property holds the file as base64, in parts where a range is asked for',
    'dev file-attributes',
    basket,
    { send: 'GET ctr_baskets({it})/ctr_paper', status: 204 },
    upload('0123456789'),
    {
      send: 'GET ctr_baskets({it})/ctr_paper?size=full',
      headers: { Range: 'bytes=0-3' },
      status: 206,
      holds: { '@odata.context': '{base}/$metadata#ctr_baskets({it})/ctr_paper', value: block('0123') },
      answers: { 'x-ms-file-size': '10', 'x-ms-file-name': 'paper.txt', 'Content-Disposition': /paper\.txt/ },
    },
  ),
  steps(
    'an empty file is a file',
    data,
    basket,
    upload(Buffer.alloc(0), 'empty.txt'),
    download({ text: '', answers: { 'x-ms-file-size': '0' } }),
  ),
  steps(
    'Range asks for a part',
    data,
    basket,
    upload('0123456789'),
    download({
      headers: { Range: 'bytes=2-4' },
      status: 206,
      text: '234',
      answers: { 'x-ms-file-size': '10', 'x-ms-chunk-size': String(chunk), 'x-ms-file-name': 'paper.txt' },
    }),
    download({ headers: { Range: 'bytes=8-4194303' }, status: 206, text: '89' }),
    download({ headers: { Range: 'bytes=7-' }, status: 206, text: '789' }),
  ),
  steps(
    'a range behind the end is refused',
    data,
    basket,
    upload('0123456789'),
    download({ headers: { Range: 'bytes=11-20' }, status: 416 }),
  ),
  steps(
    'DELETE of the column removes the file',
    data,
    basket,
    upload('x'),
    { send: 'DELETE ctr_baskets({it})/ctr_paper', status: 204 },
    isEmpty,
    row('ctr_paper,ctr_paper_name', { ctr_paper: null, ctr_paper_name: null }),
  ),
  steps(
    'DeleteFile removes the file with an id',
    data,
    basket,
    upload('x'),
    { ...row('ctr_paper', {}), keep: { file: 'ctr_paper' } },
    { send: 'POST DeleteFile', body: { FileId: '{file}' }, status: 204 },
    isEmpty,
    row('ctr_paper,ctr_paper_name', { ctr_paper: null, ctr_paper_name: null }),
    { send: 'POST DeleteFile', body: { FileId: '{file}' }, status: 404, code: '0x80040217' },
  ),
  steps(
    'a file larger than the column allows is refused, and the one before stays',
    data,
    basket,
    upload(Buffer.alloc(1024, 'a'), 'slip.txt', { send: 'PATCH ctr_baskets({it})/ctr_slip' }),
    upload(Buffer.alloc(1025, 'b'), 'slip.txt', {
      send: 'PATCH ctr_baskets({it})/ctr_slip',
      status: 400,
      code: '0x80044a02',
      message: 'Attachment file size is too big.',
    }),
    download({ send: 'GET ctr_baskets({it})/ctr_slip/$value', text: 'a'.repeat(1024) }),
  ),
  steps(
    'a kind of file the organisation blocks is refused',
    'dev file-attributes',
    basket,
    upload('MZ', 'setup.EXE', { status: 400, code: '0x80043e09' }),
    isEmpty,
  ),
  steps(
    'a file comes with a name',
    data,
    basket,
    upload('x', '', { headers: { 'Content-Type': 'application/octet-stream' }, status: 400, code: '0x80040203' }),
  ),
  steps(
    'a file is not written with its row',
    data,
    basket,
    { send: 'PATCH ctr_baskets({it})', body: { ctr_paper: block('x') }, status: 400 },
    isEmpty,
  ),
  steps('a file for a row that is not there is refused', data, {
    send: 'PATCH ctr_baskets({new:missing})/ctr_paper',
    headers: named('x.txt'),
    body: 'x',
    status: 404,
    code: '0x80040217',
  }),
  steps('files of a row are listed with what is known of them', data, basket, upload('12345', 'listed.pdf'), {
    send: 'GET ctr_baskets({it})?$select=ctr_name&$expand=ctr_basket_FileAttachments($select=mimetype,filesizeinbytes,filename,regardingfieldname)',
    status: 200,
    holds: {
      ctr_basket_FileAttachments: [
        {
          mimetype: 'application/pdf',
          filesizeinbytes: 5,
          filename: 'listed.pdf',
          regardingfieldname: 'ctr_paper',
          fileattachmentid: guid,
        },
      ],
    },
  }),
  steps(
    'files go with their row',
    data,
    basket,
    upload('x'),
    { ...row('ctr_paper', {}), keep: { file: 'ctr_paper' } },
    { send: 'DELETE ctr_baskets({it})', status: 204 },
    {
      send: 'GET fileattachments?$select=filename&$filter=fileattachmentid eq {file}',
      status: 200,
      holds: { value: [] },
    },
  ),
  steps(
    'who may not write the row uploads nothing, who may not read it downloads nothing',
    'admin wp-security-cds',
    basket,
    upload('secret'),
    upload('other', 'x.txt', { as: 'reader', status: 403 }),
    upload('other', 'x.txt', { as: 'nobody', status: 403 }),
    download({ as: 'reader', text: 'secret' }),
    download({ as: 'nobody', status: 403, code: '0x80040220' }),
    openFile('ctr_paper', { as: 'nobody', status: 403, keep: {} }),
    { send: 'DELETE ctr_baskets({it})/ctr_paper', as: 'reader', status: 403 },
    download({ text: 'secret' }),
  ),
  steps(
    'a large file comes in chunks: 206 for each, 204 for the last',
    data,
    basket,
    begin('large.bin'),
    piece(megabytes(4, 'a'), `bytes 0-${chunk - 1}/${large}`, 206),
    isEmpty,
    piece(Buffer.alloc(1024, 'b'), `bytes ${chunk}-${large - 1}/${large}`, 204),
    download({
      headers: { Range: `bytes=${chunk - 2}-${chunk + 1}` },
      status: 206,
      text: 'aabb',
      answers: { 'x-ms-file-size': String(large), 'x-ms-file-name': 'large.bin' },
    }),
  ),
  steps(
    'chunks that leave a gap, or are not as long as they say, are refused',
    data,
    basket,
    begin('gap.bin'),
    piece(Buffer.alloc(10, 'a'), 'bytes 10-19/20', 400),
    piece(Buffer.alloc(10, 'a'), 'bytes 0-10/20', 400),
    piece(Buffer.alloc(10, 'a'), '0-9/20', 400),
    piece(Buffer.alloc(10, 'a'), 'bytes 0-9/20', 206),
    piece(Buffer.alloc(10, 'b'), 'bytes 10-19/20', 204),
    download({ text: 'aaaaaaaaaabbbbbbbbbb' }),
  ),
  steps(
    'a session token is good once, and for nobody else',
    data,
    basket,
    begin('once.bin'),
    piece(Buffer.from('x'), 'bytes 0-0/1', 204),
    piece(Buffer.from('x'), 'bytes 0-0/1', 400),
    upload('x', 'x.txt', {
      send: 'PATCH ctr_baskets({it})/ctr_paper?sessiontoken=nonsense',
      headers: { ...named('x.txt'), 'Content-Range': 'bytes 0-0/1' },
      status: 400,
    }),
  ),
  steps(
    'messages upload a file in blocks, in the order of the list',
    data,
    basket,
    initialize('ctr_paper', {
      holds: { '@odata.context': '{base}/$metadata#Microsoft.Dynamics.CRM.InitializeFileBlocksUploadResponse' },
    }),
    sendBlock('one', 'first '),
    sendBlock('two', 'second'),
    commit(['two', 'one'], { holds: { FileId: guid, FileSizeInBytes: 12 }, keep: { file: 'FileId' } }),
    download({ text: 'secondfirst ', answers: { 'x-ms-file-name': 'blocks.txt', mimetype: 'text/plain' } }),
    row('ctr_paper', { ctr_paper: '{file}' }),
  ),
  steps(
    'a block sent twice counts as it came last; one that is not in the list is dropped',
    data,
    basket,
    initialize(),
    sendBlock('one', 'wrong'),
    sendBlock('one', 'right'),
    sendBlock('two', 'unused'),
    commit(['one']),
    download({ text: 'right' }),
  ),
  steps(
    'a list that names a block nobody sent is refused, and the upload goes on',
    data,
    basket,
    initialize(),
    sendBlock('one', 'x'),
    commit(['one', 'two'], { status: 400 }),
    commit(['one']),
    download({ text: 'x' }),
  ),
  steps(
    'ids of blocks are base64 of at most 64 bytes, all of the same length',
    data,
    basket,
    initialize(),
    sendBlock('one', 'x', {
      body: { BlockId: '***', BlockData: block('x'), FileContinuationToken: '{token}' },
      status: 400,
    }),
    sendBlock('x'.repeat(65), 'x', { status: 400 }),
    sendBlock('one', 'x'),
    sendBlock('three', 'y'),
    commit(['one', 'three'], { status: 400 }),
  ),
  steps(
    'messages download a file in blocks',
    data,
    basket,
    upload('0123456789'),
    openFile('ctr_paper', {
      holds: { FileSizeInBytes: 10, FileName: 'paper.txt', IsChunkingSupported: true },
    }),
    {
      send: 'POST DownloadBlock',
      body: { Offset: 0, BlockLength: 4, FileContinuationToken: '{token}' },
      status: 200,
      holds: {
        '@odata.context': '{base}/$metadata#Microsoft.Dynamics.CRM.DownloadBlockResponse',
        Data: block('0123'),
      },
    },
    {
      send: 'POST DownloadBlock',
      body: { Offset: 8, BlockLength: 4, FileContinuationToken: '{token}' },
      status: 200,
      holds: { Data: block('89') },
    },
  ),
  steps(
    'a download of an empty column by message is refused',
    data,
    basket,
    openFile('ctr_paper', { status: 404, code: '0x80040217', keep: {} }),
  ),
  steps(
    'the messages take file and image columns only',
    data,
    basket,
    initialize('ctr_name', { status: 400, code: '0x80040203', keep: {} }),
  ),
  one('the size of a file column is in its definition', data, {
    send: "GET EntityDefinitions(LogicalName='ctr_basket')/Attributes(LogicalName='ctr_paper')/Microsoft.Dynamics.CRM.FileAttributeMetadata?$select=MaxSizeInKB",
    status: 200,
    holds: { MaxSizeInKB: 6144 },
  }),
  one('the name of a file is a column of its own', data, {
    send: "GET EntityDefinitions(LogicalName='ctr_basket')/Attributes(LogicalName='ctr_paper_name')?$select=SchemaName,AttributeOf,AttributeType",
    status: 200,
    holds: { SchemaName: 'ctr_Paper_Name', AttributeOf: 'ctr_paper', AttributeType: 'String' },
  }),
];

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});
const crc = (bytes: Buffer) => {
  let value = 0xffffffff;
  for (const byte of bytes) value = crcTable[(value ^ byte) & 0xff]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
};
const pngChunk = (type: string, content: Buffer) => {
  const body = Buffer.concat([Buffer.from(type), content]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc(body));
  return Buffer.concat([size, body, check]);
};

/** A grey picture. */
function png(width: number, height: number, noise = 0): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const lines = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < lines.length; at++)
    if (at % (width + 1) !== 0 && noise > 0) lines[at] = (at * 2654435761) >>> 24;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', head),
    pngChunk('IDAT', deflateSync(lines)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

const small = png(10, 10);
const other = png(12, 12);
const photo = (body: Buffer, more: Partial<Exchange> = {}): Exchange => ({
  send: 'PATCH ctr_baskets({it})/ctr_photo',
  headers: named('photo.png'),
  body,
  status: 204,
  ...more,
});
const patch = (body: object, more: Partial<Exchange> = {}): Exchange => ({
  send: 'PATCH ctr_baskets({it})',
  body,
  status: 204,
  ...more,
});
const withoutPhoto = row('ctr_photo,ctr_photoid,ctr_photo_url,ctr_photo_timestamp', {
  ctr_photo: null,
  ctr_photoid: null,
  ctr_photo_url: null,
  ctr_photo_timestamp: null,
});
const url = expect.stringMatching(
  /^\/Image\/download\.aspx\?Entity=ctr_basket&Attribute=ctr_photo&Id=[0-9a-f-]{36}&Timestamp=\d{18}$/,
);

export const images: readonly ContractCase[] = [
  steps(
    'the primary image comes with a new row, as base64',
    imageData,
    { ...basket, body: { ctr_name: 'Image', ctr_photo: small.toString('base64') } },
    row('ctr_photo,ctr_photoid,ctr_photo_url,ctr_photo_timestamp', {
      ctr_photo: small.toString('base64'),
      ctr_photoid: guid,
      ctr_photo_url: url,
      ctr_photo_timestamp: expect.any(Number),
    }),
  ),
  steps(
    'an image is written with its row, and taken away by null',
    imageData,
    basket,
    patch({ ctr_photo: small.toString('base64') }),
    row('ctr_photo', { ctr_photo: small.toString('base64') }),
    patch({ ctr_photo: null }),
    withoutPhoto,
  ),
  one('another image than the primary one does not come with a new row', imageData, {
    send: 'POST ctr_baskets',
    body: { ctr_name: 'Icon', ctr_icon: small.toString('base64') },
    status: 400,
    code: '0x80090487',
  }),
  steps(
    'another image than the primary one is written by update',
    imageData,
    basket,
    patch({ ctr_icon: small.toString('base64') }),
    row('ctr_icon', { ctr_icon: small.toString('base64') }),
  ),
  steps(
    'an image is uploaded like a file',
    imageData,
    basket,
    photo(small),
    row('ctr_photo,ctr_photo_url', { ctr_photo: small.toString('base64'), ctr_photo_url: url }),
  ),
  steps(
    '$value hands out the thumbnail, size=full the image itself',
    imageData,
    basket,
    photo(small),
    {
      send: 'GET ctr_baskets({it})/ctr_photo/$value',
      status: 200,
      answers: { mimetype: 'image/png', 'x-ms-file-size': /\d+/ },
    },
    {
      send: 'GET ctr_baskets({it})/ctr_photo/$value?size=full',
      status: 200,
      answers: { mimetype: 'image/png', 'x-ms-file-size': String(small.length) },
    },
  ),
  steps(
    'a column that keeps no full images hands out none',
    imageData,
    basket,
    patch({ ctr_icon: small.toString('base64') }),
    { send: 'GET ctr_baskets({it})/ctr_icon/$value', status: 200 },
    { send: 'GET ctr_baskets({it})/ctr_icon/$value?size=full', status: 204 },
    openFile('ctr_icon', { status: 404, code: '0x80040217', message: 'No FileAttachment records found', keep: {} }),
  ),
  steps(
    'messages download the full image',
    imageData,
    basket,
    photo(small),
    openFile('ctr_photo', { holds: { FileSizeInBytes: small.length } }),
    {
      send: 'POST DownloadBlock',
      body: { Offset: 0, BlockLength: 100_000, FileContinuationToken: '{token}' },
      status: 200,
      holds: { Data: small.toString('base64') },
    },
  ),
  steps(
    'messages upload an image too',
    imageData,
    basket,
    initialize('ctr_photo'),
    {
      send: 'POST UploadBlock',
      body: { BlockId: block('1'), BlockData: small.toString('base64'), FileContinuationToken: '{token}' },
      status: 204,
    },
    commit(['1'], { holds: { FileSizeInBytes: small.length } }),
    row('ctr_photo', { ctr_photo: small.toString('base64') }),
  ),
  steps('images are not among all columns', imageData, basket, photo(small), {
    send: 'GET ctr_baskets({it})',
    status: 200,
    lacks: ['ctr_photo'],
    holds: { ctr_photoid: guid },
  }),
  steps(
    'what is no image is refused',
    imageData,
    basket,
    photo(Buffer.from('<svg/>'), { status: 400, code: '0x80072553', message: 'Update image properties failed' }),
    patch({ ctr_photo: block('text') }, { status: 400, code: '0x80072553' }),
    withoutPhoto,
  ),
  steps(
    'an image larger than its column allows is refused',
    imageData,
    basket,
    patch(
      { ctr_icon: png(200, 200, 1).toString('base64') },
      { status: 400, code: '0x80072553', message: 'File size is too big' },
    ),
  ),
  steps(
    'PUT with a value and DELETE write and clear an image like any other property',
    imageData,
    basket,
    { send: 'PUT ctr_baskets({it})/ctr_photo', body: { value: small.toString('base64') }, status: 204 },
    row('ctr_photo', { ctr_photo: small.toString('base64') }),
    { send: 'PUT ctr_baskets({it})/ctr_photo', body: { value: null }, status: 204 },
    withoutPhoto,
    photo(small),
    { send: 'DELETE ctr_baskets({it})/ctr_photo', status: 204 },
    withoutPhoto,
  ),
  steps(
    'another image gets another id, and the full one before is gone',
    imageData,
    basket,
    photo(small),
    { ...row('ctr_photoid', {}), keep: { before: 'ctr_photoid' } },
    photo(other),
    {
      send: 'GET ctr_baskets({it})/ctr_photo/$value?size=full',
      status: 200,
      answers: { 'x-ms-file-size': String(other.length) },
    },
    {
      send: 'GET ctr_baskets?$select=ctr_name&$filter=ctr_basketid eq {it} and ctr_photoid eq {before}',
      status: 200,
      holds: { value: [] },
    },
  ),
  one('which image stands for a row is in the definitions', definitions, {
    send: "GET EntityDefinitions(LogicalName='ctr_basket')/Attributes/Microsoft.Dynamics.CRM.ImageAttributeMetadata?$select=LogicalName,CanStoreFullImage,MaxSizeInKB,IsPrimaryImage,MaxHeight",
    status: 200,
    holds: {
      value: [
        { LogicalName: 'ctr_icon', CanStoreFullImage: false, MaxSizeInKB: 1, IsPrimaryImage: false, MaxHeight: 144 },
        { LogicalName: 'ctr_photo', CanStoreFullImage: true, MaxSizeInKB: 10, IsPrimaryImage: true, MaxHeight: 144 },
      ],
    },
  }),
  one('the primary image of a table is in its definition', imageData, {
    send: "GET EntityDefinitions(LogicalName='ctr_basket')?$select=PrimaryImageAttribute",
    status: 200,
    holds: { PrimaryImageAttribute: 'ctr_photo' },
  }),
];
