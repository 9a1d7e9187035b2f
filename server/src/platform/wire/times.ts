import { create } from '@bufbuild/protobuf';
import { TimestampSchema, timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { Timestamp } from '@bufbuild/protobuf/wkt';

const SECOND = 1_000_000_000n;

/** Nanoseconds since 1970 as a timestamp of the contract. */
function timestampFromNs(ns: bigint): Timestamp {
  const seconds = ns / SECOND;
  return create(TimestampSchema, { seconds, nanos: Number(ns - seconds * SECOND) });
}

/** Fields that are left out when there is no time. */
export const optionalTime = (date: Date | null): Timestamp | undefined => (date ? timestampFromDate(date) : undefined);
export const optionalNs = (ns: bigint | null): Timestamp | undefined => (ns === null ? undefined : timestampFromNs(ns));
