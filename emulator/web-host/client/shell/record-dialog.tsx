import * as React from 'react';
import { IconButton, Modal } from '@fluentui/react';
import type { LookupValue } from '../form/form-model';
import { FormView } from '../form/form-view';
import { shellWords } from '../language/words/shell';
import { openForm, type RecordPlace } from '../pages/open-form';
import { showDialog } from './custom-dialogs';
import { appInSight } from './open-row';
import { Failed, Loading } from './page-state';
import { useAsync } from './use-async';

export interface DialogSize {
  readonly width?: number | string | { readonly value: number; readonly unit: string } | undefined;
  readonly height?: number | string | { readonly value: number; readonly unit: string } | undefined;
  /** 2 stands at the side. */
  readonly position?: number | undefined;
  readonly title?: string | undefined;
}

/** Opens a row in a dialog above the page. @returns the row, once the dialog is closed, if it is saved */
export const openRecordDialog = (place: RecordPlace, size: DialogSize): Promise<LookupValue | undefined> =>
  showDialog<LookupValue>((done) => <RecordDialog place={place} size={size} done={done} />);

/** Opens a page in a frame in a dialog. */
export const openFrameDialog = (url: string, size: DialogSize): Promise<void> =>
  showDialog<never>((done) => (
    <Frame size={size} onClose={done}>
      <iframe className="frame dialog-frame" title={size.title ?? url} src={url} />
    </Frame>
  )).then(() => undefined);

interface RecordDialogProps {
  readonly place: RecordPlace;
  readonly size: DialogSize;
  done(row?: LookupValue): void;
}

function RecordDialog({ place, size, done }: RecordDialogProps): React.ReactElement {
  const app = appInSight();
  const opened = useAsync(
    () => openForm(app, place, { created: () => undefined, close: (session) => done(session.savedRow()) }),
    '',
  );
  const close = () => done(opened.state === 'done' ? opened.value.session.savedRow() : undefined);
  return (
    <Frame size={size} onClose={close}>
      {opened.state === 'loading' && <Loading />}
      {opened.state === 'failed' && <Failed error={opened.error} />}
      {opened.state === 'done' && app !== undefined && <FormView {...opened.value} app={app} />}
    </Frame>
  );
}

interface FrameProps {
  readonly size: DialogSize;
  readonly children: React.ReactNode;
  onClose(): void;
}

function Frame({ size, children, onClose }: FrameProps): React.ReactElement {
  const { title, position } = size;
  return (
    <Modal
      isOpen
      isBlocking
      onDismiss={onClose}
      titleAriaId="dialog-title"
      containerClassName={position === 2 ? 'dialog-page at-side' : 'dialog-page'}
      styles={{ main: { width: lengthOf(size.width, '80%'), height: lengthOf(size.height, '80%') } }}
    >
      <div className="dialog-head">
        <h2 id="dialog-title">{title ?? ''}</h2>
        <IconButton
          iconProps={{ iconName: 'Cancel' }}
          title={shellWords('close')}
          ariaLabel={shellWords('close')}
          onClick={onClose}
        />
      </div>
      {children}
    </Modal>
  );
}

function lengthOf(given: DialogSize['width'], preset: string): string {
  if (given === undefined) return preset;
  if (typeof given === 'object') return `${given.value}${given.unit === '%' ? '%' : 'px'}`;
  return typeof given === 'number' ? `${given}px` : given;
}
