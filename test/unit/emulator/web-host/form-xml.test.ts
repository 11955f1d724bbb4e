/** @jest-environment jsdom */
import { readFormXml } from '../../../../emulator/web-host/client/form/form-xml';

const xml = `<form><tabs><tab name="t"><labels><label description="Zusammen" languagecode="1031"/><label description="Summary" languagecode="1033"/></labels>
  <columns><column width="40%"><sections><section name="s" columns="11" showlabel="false"><labels/><rows>
    <row><cell id="{1}" colspan="2"><labels><label description="Name" languagecode="1033"/></labels>
      <control id="name" classid="{4273edbd-ac1d-40d3-9fb2-095c621b552d}" datafieldname="Name" disabled="true" uniqueid="{u1}"/></cell></row>
    <row><cell id="{2}" visible="false"><labels/><control id="x" classid="{y}"><parameters><ViewId>{v}</ViewId></parameters></control></cell><cell id="{3}"/></row>
  </rows></section></sections></column></columns></tab></tabs>
  <header><rows><row><cell id="{h}"><labels/><control id="header_name" classid="{c}" datafieldname="name"/></cell></row></rows></header>
  <formLibraries><Library name="a_/one.js" libraryUniqueId="{l}"/></formLibraries>
  <events><event name="OnLoad"><Handlers><Handler functionName="A.load" libraryName="a_/one.js" enabled="true" passExecutionContext="true"/>
    <Handler functionName="A.off" libraryName="a_/one.js" enabled="false"/></Handlers></event>
    <event name="onchange" attribute="name"><Handlers><Handler functionName="A.change" libraryName="a_/one.js" enabled="true"/></Handlers></event></events>
  <controlDescriptions><controlDescription forControl="{U1}"><customControl id="{c}"/>
    <customControl formFactor="0" name="x.Phone"/><customControl formFactor="2" name="x.Web"><parameters><value>name</value><size static="true" type="Whole.None">5</size></parameters></customControl>
  </controlDescription></controlDescriptions></form>`;

const form = readFormXml(xml);

test('tabs, columns, sections and cells, with the labels of the user', () => {
  const [tab] = form.tabs;
  expect([tab!.name, tab!.label, tab!.columns[0]!.width]).toEqual(['t', 'Summary', '40%']);
  const [section] = tab!.columns[0]!.sections;
  expect([section!.columns, section!.showLabel]).toEqual([2, false]);
  expect(
    section!.cells.map(({ controlId, column, span, isDisabled, isVisible }) => [
      controlId,
      column,
      span,
      isDisabled,
      isVisible,
    ]),
  ).toEqual([
    ['name', 'name', 2, true, true],
    ['x', undefined, 1, false, false],
  ]);
  expect(section!.cells[1]!.parameters.get('ViewId')).toBe('{v}');
  expect(form.header.map((cell) => cell.controlId)).toEqual(['header_name']);
});

test('libraries and the handlers that are switched on', () => {
  expect(form.libraries).toEqual(['a_/one.js']);
  expect(
    form.handlers.map(({ event, attribute, functionName, passContext }) => [
      event,
      attribute,
      functionName,
      passContext,
    ]),
  ).toEqual([
    ['onload', undefined, 'A.load', true],
    ['onchange', 'name', 'A.change', false],
  ]);
});

test('the custom control set for the web, and what its properties are bound to', () => {
  expect(form.descriptions.get('{U1}')).toEqual({
    name: 'x.Web',
    parameters: new Map([
      ['value', { value: 'name', isStatic: false }],
      ['size', { value: '5', isStatic: true }],
    ]),
    dataSets: new Map(),
  });
});

test('a control of a grid: the rows each of its data sets shows', () => {
  const description = `<controlDescription forControl="{G}"><customControl formFactor="2" name="x.Grid"><parameters><data-set name="rows"><ViewId>{V}</ViewId><RelationshipName>r</RelationshipName></data-set><dense static="true" type="TwoOptions">true</dense></parameters></customControl></controlDescription>`;
  const xml = `<form><tabs><tab><columns><column><sections><section><rows><row><cell><control id="g" indicationOfSubgrid="true" uniqueid="{g}" classid="{F9A8A302-114E-466A-B582-6771B2AE0D92}"><parameters><TargetEntityType>tree</TargetEntityType></parameters></control></cell></row></rows></section></sections></column></columns></tab></tabs><controlDescriptions>${description}</controlDescriptions></form>`;
  const { tabs, descriptions } = readFormXml(xml);
  expect(tabs[0]!.columns[0]!.sections[0]!.cells[0]!.isSubgrid).toBe(true);
  expect(descriptions.get('{G}')).toEqual({
    name: 'x.Grid',
    parameters: new Map([['dense', { value: 'true', isStatic: true }]]),
    dataSets: new Map([
      [
        'rows',
        new Map([
          ['ViewId', '{V}'],
          ['RelationshipName', 'r'],
        ]),
      ],
    ]),
  });
});
