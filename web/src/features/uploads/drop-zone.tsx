import { Button, Group, Paper, Text } from '@mantine/core';
import { IconFile, IconFolder, IconUpload } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { chosenFiles, droppedFiles } from './dropped-files.ts';
import type { UploadFile } from './uploads.ts';

/** Takes files by drop, and by buttons for those who do not drag. */
export function DropZone({ onFiles }: { onFiles: (files: UploadFile[]) => void }) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    const chosen = chosenFiles(input.files);
    input.value = '';
    if (chosen.length > 0) onFiles(chosen);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer).then((dropped) => dropped.length > 0 && onFiles(dropped));
  };
  return (
    <Paper
      withBorder
      p="lg"
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      style={{ borderStyle: 'dashed', ...(over && { borderColor: 'var(--mantine-primary-color-filled)' }) }}
    >
      <Group justify="center" gap="md">
        <IconUpload size={24} aria-hidden="true" />
        <Text>{t('uploads.drop')}</Text>
        <Button
          variant="default"
          leftSection={<IconFile size={16} aria-hidden="true" />}
          onClick={() => files.current?.click()}
        >
          {t('uploads.files')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconFolder size={16} aria-hidden="true" />}
          onClick={() => folder.current?.click()}
        >
          {t('uploads.folder')}
        </Button>
      </Group>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t('uploads.files')}
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={(input) => {
          folder.current = input;
          // React has no name for this attribute.
          input?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        aria-label={t('uploads.folder')}
        onChange={(event) => take(event.currentTarget)}
      />
    </Paper>
  );
}
