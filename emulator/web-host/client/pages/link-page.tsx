import * as React from 'react';
import { DefaultButton, PrimaryButton, TextField } from '@fluentui/react';
import { centreWords, stateName } from '../language/words/centre';
import { ask } from '../shell/dialogs';
import {
  changeAddIn,
  changeLink,
  readAddIns,
  readLink,
  type AddIn,
  type LinkStatus,
} from '../web-api/integration-centre';
import { CentrePage, column, Table, type Act } from './centre-page';

type Check = LinkStatus['checks'][number];

const read = async () => ({ link: await readLink(), addIns: await readAddIns() });

/** The environment link, and the add-ins of the linked environment. */
export function LinkPage(): React.ReactElement {
  return (
    <CentrePage
      title={centreWords('link')}
      read={read}
      isMoving={({ link, addIns }) => link.state.endsWith('in progress') || addIns.value.some(isMoving)}
    >
      {({ link, addIns }, act) => (
        <>
          <Link link={link} act={act} />
          {addIns.value.map((addIn) => (
            <AddInCard key={addIn.uniqueName} addIn={addIn} isAvailable={addIns.isAvailable} act={act} />
          ))}
        </>
      )}
    </CentrePage>
  );
}

const isMoving = ({ installation }: AddIn) => installation?.state.endsWith('ing') === true;

const checkColumns = () => [
  column<Check>(centreWords('check'), 360, ({ name }) => name),
  column<Check>(centreWords('result'), 90, ({ passed }) => centreWords(passed ? 'passed' : 'failed')),
  column<Check>(centreWords('reason'), 520, ({ message }) => message),
];

const verbs: Readonly<Record<string, { readonly verb: string; readonly text: 'setUpLink' | 'resume' }>> = {
  'Not linked': { verb: 'start', text: 'setUpLink' },
  'Setup failed': { verb: 'resume', text: 'resume' },
};

async function deleteLink(): Promise<void> {
  const answers = [centreWords('remove'), centreWords('cancel')];
  if ((await ask(centreWords('deleteLinkAsk'), centreWords('deleteLinkText'), answers)) === 0)
    await changeLink('delete');
}

function Link({ link, act }: { readonly link: LinkStatus; readonly act: Act }): React.ReactElement {
  const next = verbs[link.state];
  return (
    <>
      <div className="card centre-card">
        <h1 className="page-name">{centreWords('link')}</h1>
        <p role="status">{stateName(link.state)}</p>
        {next !== undefined && (
          <PrimaryButton text={centreWords(next.text)} onClick={() => act(() => changeLink(next.verb))} />
        )}
        {link.state === 'Setup completed successfully' && (
          <DefaultButton text={centreWords('deleteLink')} onClick={() => act(deleteLink)} />
        )}
      </div>
      {link.checks.length > 0 && (
        <Table title={centreWords('checks')} items={link.checks} columns={checkColumns()} empty="" />
      )}
    </>
  );
}

interface AddInProps {
  readonly addIn: AddIn;
  readonly isAvailable: boolean;
  readonly act: Act;
}

function AddInCard({ addIn, isAvailable, act }: AddInProps): React.ReactElement {
  const { uniqueName, installation, settings } = addIn;
  const [changes, setChanges] = React.useState<Readonly<Record<string, string>>>({});
  const present = (name: string, fallback: string | number) =>
    changes[name] ?? String(installation?.configuration[name] ?? fallback);
  const configuration = Object.fromEntries(settings.map((one) => [one.name, present(one.name, one.default)]));
  const isBusy = !isAvailable || isMoving(addIn);
  const verb = installation === null ? 'install' : 'configure';
  return (
    <div className="card centre-card">
      <h2>{addIn.name}</h2>
      <p>{addIn.description}</p>
      <p>
        {installation === null
          ? centreWords('notInstalled')
          : `${stateName(installation.state)} ${installation.message ?? ''}`}
      </p>
      {settings.map((one) => (
        <TextField
          key={one.name}
          label={one.label}
          value={present(one.name, one.default)}
          onChange={(_event, value = '') => setChanges({ ...changes, [one.name]: value })}
        />
      ))}
      <div className="centre-buttons">
        <PrimaryButton
          text={centreWords(verb)}
          ariaLabel={centreWords(verb === 'install' ? 'installOf' : 'configureOf', addIn.name)}
          disabled={isBusy}
          onClick={() => act(() => changeAddIn(uniqueName, verb, configuration))}
        />
        {installation !== null && (
          <DefaultButton
            text={centreWords('uninstall')}
            ariaLabel={centreWords('uninstallOf', addIn.name)}
            disabled={isBusy}
            onClick={() => act(() => changeAddIn(uniqueName, 'uninstall', {}))}
          />
        )}
      </div>
    </div>
  );
}
