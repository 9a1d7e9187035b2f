import { Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import classes from './palette.module.css';
import type { Destination } from './pages.ts';
import { useHits, type HitGroup } from './use-hits.ts';

/** A combobox as the ARIA practices describe it: focus stays in the field, arrows move through the list below. */
export function PaletteSearch({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const { groups, message } = useHits(query);
  const hits = groups.flatMap((group) => group.hits);
  // A shorter list may have come meanwhile.
  const current = hits[Math.min(active, hits.length - 1)];
  const optionId = (hit: Destination) => `${listId}-${hit.id}`;
  const activeId = current && optionId(current);
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const open = (hit: Destination) => {
    onDone();
    void navigate(hit.path);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter and arrows choose among Chinese words while those are being composed.
    if (event.nativeEvent.isComposing || hits.length === 0) return;
    if (event.key === 'Enter' && current) open(current);
    else if (event.key === 'ArrowDown') setActive((Math.min(active, hits.length - 1) + 1) % hits.length);
    else if (event.key === 'ArrowUp') setActive((Math.min(active, hits.length - 1) + hits.length - 1) % hits.length);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        data-autofocus
        variant="unstyled"
        size="lg"
        px="sm"
        maxLength={100}
        role="combobox"
        aria-label={t('palette.title')}
        aria-expanded={hits.length > 0}
        aria-controls={listId}
        {...(activeId && { 'aria-activedescendant': activeId })}
        placeholder={t('palette.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden="true" />}
        value={query}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
      />
      <div id={listId} role="listbox" aria-label={t('palette.title')} className={classes['list']}>
        {groups.map((group) => (
          <Group key={group.id} group={group} activeId={activeId} optionId={optionId} onOpen={open} />
        ))}
      </div>
      <Text role="status" size="sm" c="dimmed" ta="center" p={message ? 'md' : 0}>
        {message}
      </Text>
    </>
  );
}

interface GroupProps {
  group: HitGroup;
  activeId: string | undefined;
  optionId: (hit: Destination) => string;
  onOpen: (hit: Destination) => void;
}

function Group({ group, activeId, optionId, onOpen }: GroupProps) {
  return (
    <div role="group" aria-label={group.label}>
      <Text size="xs" fw={600} c="dimmed" px="md" pt="sm" pb={4} aria-hidden="true">
        {group.label}
      </Text>
      {group.hits.map((hit) => (
        // Keys belong to the field, which keeps the focus.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={hit.id}
          id={optionId(hit)}
          role="option"
          tabIndex={-1}
          aria-selected={optionId(hit) === activeId}
          className={classes['hit']}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onOpen(hit)}
        >
          <span>{hit.label}</span>
          {hit.hint && (
            <Text component="span" size="xs" c="dimmed" ff="monospace">
              {hit.hint}
            </Text>
          )}
        </div>
      ))}
    </div>
  );
}
