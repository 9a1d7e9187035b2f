import { timestampDate } from '@bufbuild/protobuf/wkt';
import { Anchor, Avatar, Text } from '@mantine/core';
import type { Activity } from '@muster/api/activity';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Time } from '../../ui/index.ts';
import { useOrganization } from '../organizations/index.ts';
import classes from './activity-row.module.css';
import { addressOf } from './address-of.ts';
import { sentenceKeyOf } from './sentence.ts';

/** One sentence: who did what to which thing, where, and when. */
export function ActivityRow({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const { actor, event, target, targetDisplayName, project, projectDisplayName, time } = activity;
  const key = sentenceKeyOf(event, project !== '' && project !== target);
  return (
    <li className={classes['row']}>
      <Avatar size="sm" radius="xl" color="petrol" name={actor} aria-hidden="true" />
      <div className={classes['words']}>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {/* Names are children of the components, never part of the sentence: they may hold anything. */}
          <Trans
            t={t}
            i18nKey={`activities.sentences.${key}`}
            components={[
              <Text span inherit fw={600} c="bright" key="actor">
                {actor}
              </Text>,
              <Thing key="target" name={target} words={targetDisplayName || target} />,
              <Thing key="project" name={project} words={projectDisplayName} />,
              <Text span inherit ff="monospace" key="event">
                {event}
              </Text>,
            ]}
          />
        </Text>
        {time && (
          <Text size="xs" c="dimmed">
            <Time value={timestampDate(time)} />
          </Text>
        )}
      </div>
    </li>
  );
}

function Thing({ name, words }: { name: string; words: string }) {
  const { slug } = useOrganization();
  const address = addressOf(slug, name);
  if (!address) return <span>{words}</span>;
  return (
    <Anchor component={Link} to={address} inherit underline="always">
      {words}
    </Anchor>
  );
}
