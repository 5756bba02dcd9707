import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { importPassport } from '@madang/core/passport/import.ts';
import { type Office, openOffice } from './imports.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office[Symbol.asyncDispose]());

const shared = new URL('../../shared/specs/', import.meta.url);
const skip = existsSync(shared) ? false : 'the material folder ../shared is not here';
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, shared), 'utf8'));

suite('foreign files through the door', { skip }, () => {
  test('the sample footprints of PACT: every one is stored as it is, doubtful sums are told', async () => {
    const client = await office.newcomer();
    const ids = new Set<string>();
    for (const name of readdirSync(new URL('pact/samples/', shared))) {
      const text = readFileSync(new URL(`pact/samples/${name}`, shared), 'utf8');
      const { stored: taken, unchanged, notices } = await client.bring('footprint', name, text);
      const list = JSON.parse(text) as { id: string }[];
      assert.equal(taken + unchanged, list.length, name);
      assert.ok(notices.length > 0, name);
      const { body } = await client.call('record', { params: { kind: 'footprint', id: list[0]!.id } });
      assert.deepEqual(body, list[0]);
      for (const { id } of list) ids.add(id);
    }
    assert.ok(ids.size >= 30, String(ids.size));
    assert.equal((await client.call('footprints')).footprints.length, ids.size);
  });

  test('the sample battery of IDTA 02035: as an item, then as a passport that anyone may read', async () => {
    const client = await office.newcomer();
    const forms = [
      'batterypass.digital_nameplate/1.0.0/NameplateBattery',
      'batterypass.technical_data/1.0.1/TechnicalDataBattery',
      'batterypass.material_composition/1.0.1/MaterialCompositionBattery',
    ];
    const { identity, attributes } = importPassport(forms.map((name) => json(`passport/idta/value-schemas/${name}.json`)));
    const body = {
      id: 'idta-sample',
      productIds: ['urn:test:product-id:idta-sample'],
      name: { ko: '견본 배터리', en: 'sample battery' },
      declaredUnit: 'piece',
      massPerUnit: identity['mass'],
      serial: identity['serial'],
      category: identity['category'],
      attributes,
    };
    await client.call('writeRecord', { params: { kind: 'item', id: body.id }, body });
    const { json: address } = await client.call('createPassport', { body: { item: body.id } });
    const passport = (await (await fetch(address)).json()) as { values: { key: string; value: unknown; state: string }[] };
    const value = (key: string) => passport.values.find((v) => v.key === key)?.value;
    assert.deepEqual([value('mass'), value('chemistry'), value('manufacturingDate')], ['1007', 'NMC', '2022-01']);
  });
});
