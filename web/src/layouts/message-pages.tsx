import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useRouteError } from 'react-router';
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

/** Outside every layout: a fault of the console itself, or a page whose code could not be fetched. */
export function CrashPage() {
  return (
    <main>
      <PageTrouble />
    </main>
  );
}

/** In place of one page, its layout around it: what goes on there, such as uploads, is not lost. */
export function PageTrouble() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const location = useLocation();
  const reload = <Button onClick={() => window.location.reload()}>{t('pages.reload')}</Button>;
  if (!isNotLoaded(useRouteError()))
    return <MessagePage title={t('pages.crashed')} sentence={t('pages.crashedSentence')} actions={reload} />;
  return (
    <MessagePage
      title={t('pages.notLoaded')}
      sentence={t('pages.notLoadedSentence')}
      actions={
        <>
          <Button onClick={() => void navigate(location, { replace: true })}>{t('ui.retry')}</Button>
          <Button variant="default" onClick={() => window.location.reload()}>
            {t('pages.reload')}
          </Button>
        </>
      }
    />
  );
}

/** Chromium, Firefox and Safari each have words of their own for a module that could not be fetched, Vite for styles. */
const isNotLoaded = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|importing a module script|unable to preload/i.test(error.message);
