import * as React from 'react';
import { DefaultButton, PrimaryButton, TextField } from '@fluentui/react';
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
      title="Environment link"
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

const checkColumns = [
  column<Check>('Check', 360, ({ name }) => name),
  column<Check>('Result', 90, ({ passed }) => (passed ? 'Passed' : 'Failed')),
  column<Check>('Reason', 520, ({ message }) => message),
];

const verbs: Readonly<Record<string, { readonly verb: string; readonly text: string }>> = {
  'Not linked': { verb: 'start', text: 'Set up the link' },
  'Setup failed': { verb: 'resume', text: 'Resume' },
};

async function deleteLink(): Promise<void> {
  const text = 'A link is permanent: the only way back is to delete the environment of finance and operations.';
  if ((await ask('Delete the link?', text, ['Delete', 'Cancel'])) === 0) await changeLink('delete');
}

function Link({ link, act }: { readonly link: LinkStatus; readonly act: Act }): React.ReactElement {
  const next = verbs[link.state];
  return (
    <>
      <div className="card centre-card">
        <h1 className="page-name">Environment link</h1>
        <p role="status">{link.state}</p>
        {next !== undefined && <PrimaryButton text={next.text} onClick={() => act(() => changeLink(next.verb))} />}
        {link.state === 'Setup completed successfully' && (
          <DefaultButton text="Delete the link" onClick={() => act(deleteLink)} />
        )}
      </div>
      {link.checks.length > 0 && <Table title="Checks" items={link.checks} columns={checkColumns} empty="" />}
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
      <p>{installation === null ? 'Not installed' : `${installation.state} ${installation.message ?? ''}`}</p>
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
          text={verb === 'install' ? 'Install' : 'Save configuration'}
          ariaLabel={`${verb === 'install' ? 'Install' : 'Save configuration of'} ${addIn.name}`}
          disabled={isBusy}
          onClick={() => act(() => changeAddIn(uniqueName, verb, configuration))}
        />
        {installation !== null && (
          <DefaultButton
            text="Uninstall"
            ariaLabel={`Uninstall ${addIn.name}`}
            disabled={isBusy}
            onClick={() => act(() => changeAddIn(uniqueName, 'uninstall', {}))}
          />
        )}
      </div>
    </div>
  );
}
