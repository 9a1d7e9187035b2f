import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconUpload } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { droppedFiles } from './dropped-files.ts';
import classes from './page-drop.module.css';
import type { UploadFile } from './uploads.ts';

interface PageDropProps {
  /** What dropping does here, in words. */
  label: string;
  onFiles: (files: UploadFile[]) => void;
}

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Takes files dropped anywhere on the page, and says so while they hover over it. */
export function PageDrop({ label, onFiles }: PageDropProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const take = useEffectEvent((data: DataTransfer) => {
    droppedFiles(data).then(
      (files) => files.length > 0 && onFiles(files),
      () => notifications.show({ color: 'red', message: t('uploads.unreadable') }),
    );
  });
  useEffect(() => {
    const controller = new AbortController();
    const on = (name: 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      window.addEventListener(name, (event) => carriesFiles(event) && act(event), { signal: controller.signal });
    on('dragover', (event) => {
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    });
    // Leaving the window has no element it goes to; moving from one element to the next has.
    on('dragleave', (event) => event.relatedTarget === null && setOver(false));
    on('drop', (event) => {
      event.preventDefault();
      setOver(false);
      if (event.dataTransfer) take(event.dataTransfer);
    });
    return () => controller.abort();
  }, []);
  if (!over) return null;
  return (
    <div className={classes['over']}>
      <IconUpload size={32} aria-hidden="true" />
      <Text fw={650} size="lg">
        {label}
      </Text>
    </div>
  );
}
