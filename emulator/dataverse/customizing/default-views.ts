import { escapeXml } from '../../kernel/index.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { labelIn } from '../metadata/labels.ts';
import { putComponent } from '../solution-import/put-component.ts';
import type { CustomizingCall } from './call.ts';

/** The views every new table gets. */
export function addDefaultViews(call: CustomizingCall, table: TableMetadata): void {
  const { logicalName, primaryId, primaryName = primaryId } = table;
  const [many, one] = [labelIn(table.collectionLabel), labelIn(table.label)];
  const isOwned = table.ownership === 'user';
  const cells = `<cell name="${primaryName}" width="300" /><cell name="createdon" width="125" />`;
  const layout = (grid: string, row: string, preview = '1') =>
    `<grid name="${grid}" jump="${primaryName}" select="1" icon="1" preview="${preview}"><row name="${row}" id="${primaryId}">${cells}</row></grid>`;
  const fetch = (filters: string, root = '') =>
    `<fetch version="1.0" ${root}mapping="logical"><entity name="${logicalName}"><attribute name="${primaryId}" /><attribute name="${primaryName}" /><attribute name="createdon" /><order attribute="${primaryName}" descending="false" />${filters}</entity></fetch>`;
  const state = (value: number, more = '') =>
    `<filter type="and"><condition attribute="statecode" operator="eq" value="${value}" />${more}</filter>`;
  const add = (name: string, querytype: number, fetchxml: string, layoutxml: string | null, isdefault = true) =>
    putComponent(call, 'savedquery', {
      savedqueryid: call.newId(),
      name: name.slice(0, 200),
      returnedtypecode: logicalName,
      querytype,
      fetchxml,
      layoutxml,
      isdefault,
      isquickfindquery: querytype === 4,
      isprivate: false,
      ismanaged: false,
    });
  const result = layout('resultset', 'result');
  const search = `<filter type="or" isquickfindfields="1"><condition attribute="${primaryName}" operator="like" value="{0}" /></filter>`;
  add(`Active ${many}`, 0, fetch(state(0)), result);
  add(`Inactive ${many}`, 0, fetch(state(1)), result, false);
  add(`${one} Advanced Find View`, 1, fetch(''), result);
  add(`${one} Associated View`, 2, fetch(state(0)), layout(table.entitySetName, logicalName));
  add(`Quick Find Active ${many}`, 4, fetch(state(0) + search), result);
  add(`${one} Lookup View`, 64, fetch(state(0)), layout(table.entitySetName, logicalName, '0'));
  const mine = state(0, '<condition attribute="ownerid" operator="eq-userid" />');
  if (isOwned) add(`My ${many}`, 8192, fetch(mine, 'output-format="xml-platform" '), null);
}

/** A main, a quick and a card form, each with the primary name. */
export function addDefaultForms(call: CustomizingCall, table: TableMetadata): void {
  const { logicalName, primaryName } = table;
  const id = () => `{${call.newId()}}`;
  const label = (text: string) => `<labels><label description="${escapeXml(text)}" languagecode="1033" /></labels>`;
  const cell = (name: string, classid: string) =>
    `<row><cell id="${id()}" locklevel="0" colspan="1" rowspan="1">${label(labelIn(table.columns.get(name)!.label))}<control id="${name}" classid="${classid}" datafieldname="${name}" disabled="false" /></cell></row>`;
  const owner = table.columns.has('ownerid') ? cell('ownerid', '{270BD3DB-D9AF-4782-9025-509E298DEC0A}') : '';
  const rows = () => cell(primaryName!, '{4273EDBD-AC1D-40D3-9FB2-095C621B552D}');
  const body = (more: string) =>
    `<form><tabs><tab name="general" id="${id()}" IsUserDefined="0" showlabel="true" expanded="true" locklevel="0">${label('General')}<columns><column width="100%"><sections><section name="general" id="${id()}" IsUserDefined="0" showlabel="false" showbar="false" columns="1" locklevel="0" labelwidth="115" layout="varwidth" celllabelalignment="Left" celllabelposition="Left">${label('General')}<rows>${rows()}${more}</rows></section></sections></column></columns></tab></tabs></form>`;
  const add = (type: number, formxml: string) =>
    putComponent(call, 'systemform', {
      formid: call.newId(),
      name: 'Information',
      description: null,
      objecttypecode: logicalName,
      type,
      formxml,
      formactivationstate: 1,
      formpresentation: 1,
      isdefault: type === 2,
      ismanaged: false,
    });
  add(2, body(owner));
  add(6, body(''));
  add(11, body(''));
}
