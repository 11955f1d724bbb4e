import * as React from 'react';
import { DefaultButton, Dialog, DialogFooter, DialogType, PrimaryButton, TextField } from '@fluentui/react';
import { listWords } from '../language/words/list';
import { shellWords } from '../language/words/shell';
import { showDialog } from '../shell/custom-dialogs';
import type { NewView } from './personal-views';

/** Asks what a new view is called. @returns nothing when it is not to be made after all */
export const askForNewView = (name: string): Promise<NewView | undefined> =>
  showDialog<NewView>((done) => <NewViewDialog name={name} done={done} />);

/** As long as `userquery` takes them. */
const longest = { name: 200, description: 2000 };

interface NewViewDialogProps {
  readonly name: string;
  done(view?: NewView): void;
}

function NewViewDialog({ name: suggested, done }: NewViewDialogProps): React.ReactElement {
  const [name, setName] = React.useState(suggested);
  const [description, setDescription] = React.useState('');
  const [isAsked, setAsked] = React.useState(false);
  const isNamed = name.trim() !== '';
  const save = () => (isNamed ? done({ name: name.trim(), description: description.trim() }) : setAsked(true));
  return (
    <Dialog
      hidden={false}
      minWidth={440}
      onDismiss={() => done()}
      dialogContentProps={{ type: DialogType.normal, title: listWords('saveAsNewView') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label={listWords('viewName')}
          required
          autoFocus
          maxLength={longest.name}
          value={name}
          errorMessage={isAsked && !isNamed ? listWords('viewNeedsName') : undefined}
          onChange={(_event, text = '') => setName(text)}
        />
        <TextField
          label={listWords('viewDescription')}
          multiline
          rows={3}
          maxLength={longest.description}
          value={description}
          onChange={(_event, text = '') => setDescription(text)}
        />
        <DialogFooter>
          <PrimaryButton type="submit" text={shellWords('save')} />
          <DefaultButton text={shellWords('cancel')} onClick={() => done()} />
        </DialogFooter>
      </form>
    </Dialog>
  );
}
