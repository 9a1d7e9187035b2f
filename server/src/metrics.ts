import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type pg from 'pg';

export interface Metrics {
  readonly registry: Registry;
  observe(method: string, status: string, seconds: number): void;
}

/** What operators watch, as Prometheus text at `/metrics`. Labels are methods of the contract and doors, never names of people or things. */
export function openMetrics(pools: Readonly<Record<string, pg.Pool>>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'muster_requests_total',
    help: 'Requests by method and status.',
    labelNames: ['method', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'muster_request_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30],
    registers: [registry],
  });
  const connections = new Gauge({
    name: 'muster_database_connections',
    help: 'Connections to PostgreSQL by pool and state.',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect: () => {
      for (const [name, pool] of Object.entries(pools)) {
        connections.set({ pool: name, state: 'open' }, pool.totalCount);
        connections.set({ pool: name, state: 'idle' }, pool.idleCount);
        connections.set({ pool: name, state: 'waiting' }, pool.waitingCount);
      }
    },
  });
  return {
    registry,
    observe: (method, status, duration) => {
      requests.inc({ method, status });
      seconds.observe({ method }, duration);
    },
  };
}
