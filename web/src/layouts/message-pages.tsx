import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '../paths.ts';
import { MessagePage } from '../ui/index.ts';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <MessagePage
      title={t('pages.notFound')}
      sentence={t('pages.notFoundSentence')}
      actions={
        <Button component={Link} to={paths.root()}>
          {t('pages.toStart')}
        </Button>
      }
    />
  );
}

/** A fault of the console itself, or a page whose code could not be fetched, as after an update of the server. */
export function CrashPage() {
  const { t } = useTranslation();
  return (
    <main>
      <MessagePage
        title={t('pages.crashed')}
        sentence={t('pages.crashedSentence')}
        actions={<Button onClick={() => window.location.reload()}>{t('pages.reload')}</Button>}
      />
    </main>
  );
}
