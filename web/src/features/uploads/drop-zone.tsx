import { Button, Group, Paper, Text } from '@mantine/core';
import { IconFile, IconFolder, IconUpload } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { chosenFiles } from './dropped-files.ts';
import type { UploadFile } from './uploads.ts';

/** Says that files may be dropped on the page, and has buttons for those who do not drag. */
export function DropZone({ onFiles }: { onFiles: (files: UploadFile[]) => void }) {
  const { t } = useTranslation();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    const chosen = chosenFiles(input.files);
    input.value = '';
    if (chosen.length > 0) onFiles(chosen);
  };
  return (
    <Paper withBorder p="lg" style={{ borderStyle: 'dashed', borderColor: 'var(--muster-field-border)' }}>
      <Group justify="center" gap="md">
        <Group gap="sm" wrap="nowrap">
          <IconUpload size={24} aria-hidden="true" />
          <Text>{t('uploads.drop')}</Text>
        </Group>
        <Group gap="sm" justify="center">
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
