import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PaletteSearch } from './palette-search.tsx';

interface PaletteProps {
  opened: boolean;
  onClose: () => void;
}

/** ⌘K: projects, pages and actions, each only if its own page would show it. */
export function Palette({ opened, onClose }: PaletteProps) {
  const { t } = useTranslation();
  return (
    <Modal.Root opened={opened} onClose={onClose} centered={false} yOffset="12vh" size={600} padding={0}>
      <Modal.Overlay backgroundOpacity={0.45} blur={2} />
      <Modal.Content radius="lg" aria-label={t('palette.title')}>
        {opened && <PaletteSearch onDone={onClose} />}
      </Modal.Content>
    </Modal.Root>
  );
}
