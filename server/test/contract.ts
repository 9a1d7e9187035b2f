import { readdirSync } from 'node:fs';
import type { DescMethod, DescService } from '@bufbuild/protobuf';

const GENERATED = new URL('../../api/gen/muster/v1/', import.meta.url);

const isService = (value: unknown): value is DescService =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'service';

/** Every service of the contract, found in what is generated from it: a new one is here without being listed. */
async function servicesOfContract(): Promise<DescService[]> {
  const found: DescService[] = [];
  for (const name of readdirSync(GENERATED).filter((file) => file.endsWith('_pb.ts'))) {
    const module: unknown = await import(new URL(name, GENERATED).href);
    if (typeof module === 'object' && module !== null) found.push(...Object.values(module).filter(isService));
  }
  return found;
}

/** `muster.v1.RecordService/GetRecord`, as in the address of a call. */
const nameOf = (method: DescMethod): string => `${method.parent.typeName}/${method.name}`;

export async function methodsOfContract(): Promise<Map<string, DescMethod>> {
  const services = await servicesOfContract();
  return new Map(services.flatMap((service) => service.methods.map((method) => [nameOf(method), method])));
}
