import { fill, type Text } from './text.ts';

interface ErrorKind extends Text {
  /** HTTP status that the code is answered with. */
  readonly status: number;
}

/**
 * The one registry of errors: code, HTTP status and the text that is safe to show to anyone.
 * `{name}` is filled from the error's values. Grouped by concept; docs/reference/errors.md is generated from it.
 */
// biome-ignore format: one error a row
export const ERRORS = {
  // any request
  bad_json: { status: 400, ko: '보낸 내용이 올바른 JSON이 아닙니다.', en: 'The body is not valid JSON.' },
  bad_request: { status: 400, ko: '요청이 정해진 형식과 다릅니다: {why}', en: 'The request does not have the expected form: {why}' },
  too_large: { status: 413, ko: '보낸 내용이 너무 큽니다. 최대 {limit}까지 받습니다.', en: 'The body is too large. At most {limit} is accepted.' },
  not_found: { status: 404, ko: '찾을 수 없습니다: {what}', en: 'Not found: {what}' },
  unauthorized: { status: 401, ko: '로그인이 필요합니다. 관리 키를 확인하세요.', en: 'Sign in first. Check the management key.' },
  forbidden: { status: 403, ko: '이 작업을 할 권한이 없습니다.', en: 'You may not do this.' },
  conflict: { status: 409, ko: '지금 상태({state})에서는 할 수 없습니다.', en: 'Not possible in the present state ({state}).' },
  internal: { status: 500, ko: '처리하지 못했습니다. 기록 번호 {ref}를 운영 담당자에게 알려 주세요.', en: 'This failed on our side. Give the reference {ref} to whoever runs this server.' },
  unavailable: { status: 503, ko: '지금은 처리할 수 없습니다. 잠시 뒤 다시 시도하세요.', en: 'Not available right now. Try again in a moment.' },

  // store
  database_unreachable: { status: 503, ko: '데이터베이스에 연결할 수 없습니다({where}: {why}). 서버가 켜져 있는지, DATABASE_URL이 맞는지 확인하세요.', en: 'The database cannot be reached ({where}: {why}). Check that its server runs and that DATABASE_URL is right.' },
  database_too_old: { status: 503, ko: 'PostgreSQL {found}은(는) 지원하지 않습니다. {wanted} 이상을 쓰세요.', en: 'PostgreSQL {found} is not supported. Use {wanted} or newer.' },
  database_locked: { status: 503, ko: '데이터 폴더 {path}를 다른 프로그램이 쓰고 있습니다. 그 프로그램을 끝낸 뒤 다시 시작하세요.', en: 'Another program uses the data folder {path}. End it, then start again.' },
  database_disk_full: { status: 507, ko: '디스크가 가득 차 저장하지 못했습니다({path}). 공간을 비운 뒤 다시 시도하세요.', en: 'The disk is full, nothing was stored ({path}). Free some space, then try again.' },
  database_no_permission: { status: 503, ko: '{path}를 읽거나 쓸 권한이 없습니다. 폴더의 소유자와 권한을 확인하거나 다른 데이터 폴더를 지정하세요.', en: 'No permission to read or write {path}. Check its owner and mode, or choose another data folder.' },
  database_wrong_version: { status: 503, ko: '데이터 폴더 {path}는 PostgreSQL {found}(으)로 만들어졌고 이 프로그램은 {wanted}을(를) 씁니다. 만들 때의 프로그램으로 내보낸 뒤 옮기거나 다른 데이터 폴더를 지정하세요.', en: 'The data folder {path} was made by PostgreSQL {found}, and this program brings {wanted}. Export it with the program that made it, or choose another data folder.' },
  database_no_platform: { status: 503, ko: '이 컴퓨터({platform})용 PostgreSQL이 설치되지 않았습니다. npm ci를 다시 실행하거나, DATABASE_URL에 PostgreSQL 서버 주소를 넣으세요.', en: 'No PostgreSQL is installed for this machine ({platform}). Run npm ci again, or set DATABASE_URL to a PostgreSQL server.' },
  database_root: { status: 503, ko: 'root로는 내장 PostgreSQL을 시작할 수 없는 환경입니다. 일반 사용자로 실행하거나, DATABASE_URL에 PostgreSQL 서버 주소를 넣으세요.', en: 'The built-in PostgreSQL cannot be started as root here. Run as an ordinary user, or set DATABASE_URL to a PostgreSQL server.' },
  database_failed: { status: 503, ko: '내장 PostgreSQL이 시작되지 않았습니다({why}). 기록 파일 {path}.log를 확인하세요.', en: 'The built-in PostgreSQL did not start ({why}). See its log, {path}.log.' },
  database_role: { status: 503, ko: '데이터베이스 역할 {role}을(를) 쓸 수 없습니다({why}). 관리자에게 NOSUPERUSER NOBYPASSRLS 역할로 만들고 연결 사용자에게 부여해 달라고 하세요.', en: 'The database role {role} cannot be used ({why}). Ask the administrator to create it NOSUPERUSER NOBYPASSRLS and to grant it to the connecting user.' },
  database_in_use: { status: 503, ko: '다른 마당 서버가 이 데이터베이스를 쓰고 있습니다. 그 서버를 끝내거나 다른 데이터 폴더(MADANG_DATA)나 DATABASE_URL을 쓰세요.', en: 'Another Madang server uses this database. End it, or use another data folder (MADANG_DATA) or DATABASE_URL.' },
  database_newer: { status: 503, ko: '데이터베이스가 이 프로그램보다 새 버전입니다(변경 {number}). 프로그램을 업데이트하세요.', en: 'The database is newer than this program (migration {number}). Update the program.' },
  migration_edited: { status: 503, ko: '이미 적용한 변경 파일 {name}의 내용이 달라졌습니다. 원래 내용으로 되돌리고 새 번호의 파일을 추가하세요.', en: 'The migration {name} was edited after it was applied. Restore it and add a file with a new number.' },
  migration_failed: { status: 503, ko: '데이터베이스 변경 {name}을(를) 적용하지 못했습니다({why}). 바뀐 것은 없습니다. 원인을 고친 뒤 다시 시작하세요.', en: 'The migration {name} could not be applied ({why}). Nothing was changed by it. Correct the cause, then start again.' },

  // decimals, units, times, identifiers
  bad_decimal: { status: 422, ko: '숫자로 읽을 수 없습니다: {value}. 1234.5처럼 숫자와 소수점만 쓰세요.', en: 'Not a plain decimal number: {value}. Write digits with a decimal point only, such as 1234.5.' },
  bad_unit: { status: 422, ko: '모르는 단위입니다: {value}. 다음 가운데 하나를 쓰세요: {known}', en: 'Unknown unit: {value}. Use one of: {known}' },
  unit_mismatch: { status: 422, ko: '단위 {from}에서 {to}(으)로 바꿀 수 없습니다. 같은 종류의 단위(질량, 개수, 에너지 등)로 맞추거나 공급사에 선언 단위를 확인하세요.', en: 'The unit {from} cannot be converted to {to}. Use a unit of the same kind (mass, count, energy …), or ask the supplier about the declared unit.' },
  bad_time: { status: 422, ko: '날짜나 시각을 읽을 수 없습니다: {value}. {expected} 형식으로 쓰세요.', en: 'Not a valid date or time: {value}. Write it as {expected}.' },
  bad_slug: { status: 422, ko: '참여기업 ID로 쓸 수 없습니다: {value}. 영문 소문자로 시작해 소문자, 숫자, 하이픈(-)으로 2~40자를 쓰세요.', en: 'Not usable as a participant id: {value}. Start with a lower-case letter and use 2 to 40 lower-case letters, digits and hyphens.' },

  // item, bill of materials, footprint, passport
  item_invalid: { status: 422, ko: '품목에 고칠 곳이 {count}개 있습니다. 각 항목의 안내를 보고 고치세요.', en: 'The item has {count} thing(s) to correct. See the note at each field.' },
  bom_line_invalid: { status: 422, ko: '자재명세 행에 고칠 곳이 {count}개 있습니다. 각 항목의 안내를 보고 고치세요.', en: 'The bill-of-materials line has {count} thing(s) to correct. See the note at each field.' },
  footprint_invalid: { status: 422, ko: '탄소발자국에 고칠 곳이 {count}개 있습니다. 각 항목의 안내를 보고 고치세요.', en: 'The footprint has {count} thing(s) to correct. See the note at each field.' },
  footprint_incomplete: { status: 422, ko: '합산을 마칠 수 없습니다. 값이 없는 행이 {count}개 있습니다. 공급사에 탄소발자국을 요청하거나 배출계수를 넣으세요.', en: 'The roll-up is not complete: {count} line(s) have no value. Ask the supplier for a footprint, or enter a factor.' },
  passport_invalid: { status: 422, ko: '여권에 고칠 곳이 {count}개 있습니다. 각 항목의 안내를 보고 고치세요.', en: 'The passport has {count} thing(s) to correct. See the note at each field.' },
  bom_cycle: { status: 422, ko: '자재명세가 스스로를 다시 포함합니다: {loop}. 이 고리의 한 행을 지우거나 수량을 고치세요.', en: 'The bill of materials contains itself: {loop}. Remove or correct one line of this loop.' },
  sample_unknown: { status: 422, ko: '아는 배터리 여권 형식이 아닙니다. {known} 형식의 JSON을 넣으세요.', en: 'Not a battery passport form that can be read. Give JSON in one of these forms: {known}.' },

  // client: the way to the server
  unreachable: { status: 503, ko: '서버에 연결할 수 없습니다: {url} ({why}). 주소를 확인하고, 이 컴퓨터의 서버라면 madang start로 켜세요.', en: 'The server cannot be reached: {url} ({why}). Check the address; if it runs on this machine, start it with madang start.' },
  timed_out: { status: 504, ko: '서버가 제때 답하지 않았습니다: {url}. 잠시 뒤 다시 시도하세요. 이미 처리되었을 수 있으니 결과를 먼저 확인하세요.', en: 'The server did not answer in time: {url}. Try again in a moment; it may have been done, so look at the result first.' },
  bad_answer: { status: 502, ko: '마당 서버의 답이 아닙니다: {url} (HTTP {status}). 주소와 중간 프록시를 확인하세요.', en: 'This is not the answer of a Madang server: {url} (HTTP {status}). Check the address and any proxy on the way.' },

  // Dataspace Protocol
  bad_message: { status: 400, ko: '{type} 메시지가 규격과 다릅니다. 위치: {path}. 받은 값: {found_ko}. 필요한 값: {expected_ko}. 고쳐서 다시 보내세요.', en: 'The {type} does not meet the specification at {path}: found {found_en}, expected {expected_en}. Correct it and send it again.' },
  illegal_transition: { status: 400, ko: '지금 상태({state})에서는 {sender} 쪽이 {message}을(를) 보낼 수 없습니다. 지금 보낼 수 있는 메시지: {permitted}', en: 'In the present state ({state}) the {sender} may not send {message}. It may send: {permitted}' },
  bad_address: { status: 400, ko: '주소로 쓸 수 없습니다: {address}. http:// 또는 https://로 시작하는 전체 주소를 넣으세요.', en: 'Not usable as an address: {address}. Give a full address that starts with http:// or https://.' },
  bad_path_id: { status: 400, ko: '식별자 {id}은(는) 주소에 넣을 수 없습니다. 비어 있지 않고 점(.)만으로 되어 있지 않은 식별자를 쓰세요.', en: 'The identifier {id} cannot be part of an address. Use one that is neither empty nor made of dots alone.' },

  // import of a file
  import_rejected: { status: 422, ko: '파일에서 고칠 곳이 {total}개 있어 아무것도 저장하지 않았습니다. 아래 칸을 고친 뒤 다시 올리세요.', en: 'Nothing was stored: the file has {total} thing(s) to correct. Correct the places listed and send it again.' },
  import_merged_header: { status: 422, ko: '제목 줄에 병합된 셀이 있습니다: {cells}. 병합을 풀고 한 열에 제목 하나씩 한 줄로 쓴 뒤 다시 올리세요.', en: 'The row of headings has merged cells: {cells}. Unmerge them, write one heading to a column in one row, and send the file again.' },
  import_empty: { status: 422, ko: '파일이 비어 있습니다. 서식을 내려받아 채운 뒤 올리세요.', en: 'The file is empty. Download the template, fill it in and send it.' },
  import_no_rows: { status: 422, ko: '제목만 있고 내용이 없습니다. 제목 아랫줄부터 채운 뒤 다시 올리세요.', en: 'The file has headings but no rows. Fill in the rows below the headings and send it again.' },
  import_file_type: { status: 422, ko: '여기서 읽을 수 없는 파일입니다({found}). 엑셀(.xlsx)이나 CSV로 저장해 다시 올리세요. JSON은 PACT 탄소발자국만 받습니다.', en: 'This kind of file cannot be read here ({found}). Save it as Excel (.xlsx) or CSV and send it again. JSON is read for PACT footprints only.' },
  import_encrypted: { status: 422, ko: '암호가 걸린 파일은 읽을 수 없습니다. 엑셀에서 암호를 풀고 저장한 뒤 다시 올리세요.', en: 'The file is protected by a password. Remove the password in Excel, save, and send it again.' },
  import_damaged: { status: 422, ko: '파일이 손상되어 읽을 수 없습니다. 엑셀에서 열어 .xlsx로 다시 저장한 뒤 올리세요.', en: 'The file is damaged and cannot be read. Open it in Excel, save it again as .xlsx, and send it.' },
  import_unpacked_too_large: { status: 413, ko: '압축을 풀면 {limit}를 넘는 파일입니다. 쓰지 않는 시트와 그림을 지우고 다시 올리세요.', en: 'Unpacked, the file is larger than {limit}. Remove sheets and pictures that are not needed and send it again.' },
  import_too_many_rows: { status: 413, ko: '행이나 칸이 너무 많습니다. 최대 {limit}행까지 받습니다. 쓰지 않는 열을 지우거나 파일을 나누어 올리세요.', en: 'Too many rows or cells: at most {limit} rows are accepted. Delete columns that are not needed, or split the file.' },

  import_too_heavy: { status: 413, ko: '이 파일을 읽는 데 메모리나 시간이 너무 많이 듭니다. 쓰지 않는 시트와 열을 지우거나 파일을 나누어 올리세요.', en: 'Reading this file takes too much memory or time. Remove sheets and columns that are not needed, or split the file.' },

  // stored files
  body_broken: { status: 400, ko: '보내는 도중에 연결이 끊겼거나 오래 멈췄습니다. 다시 보내세요.', en: 'The sending broke off or stood still for too long. Send it again.' },
  disk_full: { status: 507, ko: '디스크가 가득 차 파일을 저장하지 못했습니다. 서버의 데이터 폴더에 공간을 비운 뒤 다시 시도하세요.', en: 'The disk is full, so the file was not stored. Free some space for the data folder of the server, then try again.' },
  file_differs: { status: 422, ko: '받은 파일이 보낸 쪽에서 알린 내용(SHA-256)과 달라 버렸습니다. 다시 받으세요.', en: 'The file is not the one that the sender announced (SHA-256), so it was dropped. Get it again.' },
  file_in_use: { status: 409, ko: '열려 있는 제공 조건이 이 파일을 보여 줍니다. 제공 조건을 먼저 거두세요.', en: 'An open offer shows this file. Withdraw the offer first.' },

  // HTTP services behind a participant
  service_invalid: { status: 422, ko: '서비스 설정을 쓸 수 없습니다({what}). 필요한 값: {why_ko}', en: 'The service cannot be set so ({what}). Expected: {why_en}' },
  service_headers_again: { status: 422, ko: '서비스의 주소가 바뀌어 보관한 헤더 값을 그대로 쓸 수 없습니다. {names}의 값을 다시 넣으세요.', en: 'The service has another address now, so its kept header values are not used on. Enter the value of {names} again.' },
  service_in_use: { status: 409, ko: '열려 있는 제공 조건이 이 서비스를 보여 줍니다. 제공 조건을 먼저 거두세요.', en: 'An open offer shows this service. Withdraw the offer first.' },
  service_not_allowed: { status: 403, ko: '이 서비스가 여는 범위가 아닙니다: {what}. 제공 기업이 허용한 방법과 경로와 항목으로 요청하세요.', en: 'Not part of what this service opens: {what}. Use the methods, paths and query names that the provider allows.' },
  service_refused: { status: 400, ko: '제공 기업의 서비스가 이 요청을 받지 않았습니다(HTTP {status}). 경로와 값을 확인하세요.', en: 'The provider’s service did not accept this request (HTTP {status}). Check its path and values.' },
  service_failed: { status: 502, ko: '제공 기업의 서비스가 요청을 처리하지 못했습니다(HTTP {status}). 잠시 뒤 다시 시도하거나 제공 기업에 확인하세요.', en: 'The provider’s service failed (HTTP {status}). Try again in a moment, or ask the provider.' },
  service_unreachable: { status: 502, ko: '제공 기업의 서비스가 답하지 않습니다. 잠시 뒤 다시 시도하거나 제공 기업에 확인하세요.', en: 'The provider’s service does not answer. Try again in a moment, or ask the provider.' },
  service_too_large: { status: 502, ko: '서비스의 답이 제공 기업이 정한 크기({limit}바이트)를 넘습니다. 범위를 좁혀 요청하세요.', en: 'The answer of the service is larger than the provider allows ({limit} bytes). Ask for less at a time.' },

  // policy
  policy_malformed: { status: 400, ko: '정책을 읽을 수 없습니다({path}). {ko}', en: 'The policy cannot be read ({path}). {en}' },
  policy_not_enforced: { status: 422, ko: '지킬 수 없는 규칙이라 받지 않습니다({path}). {ko}', en: 'Refused, because this rule cannot be enforced ({path}). {en}' },
  policy_refused: { status: 403, ko: '제공 기업의 조건에 맞지 않아 받을 수 없습니다. 각 사유에 적힌 대로 한 뒤 다시 요청하세요.', en: 'The conditions of the provider are not met. Do what each reason says, then ask again.' },

  // starting
  bad_configuration: { status: 500, ko: '설정 {name}의 값이 올바르지 않습니다. 필요한 값: {why}', en: 'The setting {name} is not right. Expected: {why}' },
  port_taken: { status: 500, ko: '포트 {port}를 쓸 수 없습니다. 이미 실행 중인 마당을 끄거나 MADANG_PORT로 다른 포트를 정하세요(포트는 DID의 일부입니다).', en: 'Port {port} is not free. Stop the Madang that is running, or choose another with MADANG_PORT (the port is part of the DIDs).' },
  data_folder: { status: 500, ko: '데이터 폴더 {path}를 만들 수 없습니다({why}). MADANG_DATA로 쓸 수 있는 폴더를 정하세요.', en: 'The data folder {path} cannot be made ({why}). Choose one that can be written with MADANG_DATA.' },
  public_url_changed: { status: 500, ko: '지금 주소({url})가 참여기업의 DID({did})와 다릅니다. 처음에 쓴 MADANG_PUBLIC_URL과 포트로 시작하세요.', en: 'The present address ({url}) differs from a participant’s DID ({did}). Start with the MADANG_PUBLIC_URL and port of the first time.' },
  example_stopped: { status: 500, ko: '예제가 끝까지 가지 못했습니다: {why_ko} 여기까지 한 일은 저장되었습니다. 다시 시작하면 이어서 합니다.', en: 'The example did not reach its end: {why_en} What was done is kept. Start again and it goes on from there.' },
  wrong_master_key: { status: 500, ko: '봉인 키가 달라 개인 키를 열 수 없습니다. 처음에 쓴 MADANG_MASTER_KEY나 master.key 파일로 시작하세요.', en: 'The private keys do not open with this master key. Start with the MADANG_MASTER_KEY or master.key file of the first time.' },

  // requests to others
  outbound_forbidden: { status: 403, ko: '{url}에는 연결할 수 없습니다. 내부 주소이거나 허용하지 않은 주소입니다(MADANG_OUTBOUND).', en: '{url} may not be reached: it is an internal address, or one that is not allowed (MADANG_OUTBOUND).' },
  upstream_forbidden: { status: 403, ko: '{url}에 있는 서비스는 연결할 수 없습니다. 내부 주소라면 서버 운영자에게 MADANG_UPSTREAMS에 넣어 달라고 하세요.', en: 'A service at {url} may not be reached. If it is an internal address, ask whoever runs this server to add it to MADANG_UPSTREAMS.' },
  outbound_unreachable: { status: 502, ko: '{url}에 연결하지 못했습니다({why}). 주소와 상대 서버를 확인하고 다시 시도하세요.', en: '{url} could not be reached ({why}). Check the address and the other server, then try again.' },
  outbound_too_large: { status: 502, ko: '{url}의 답이 너무 큽니다. 최대 {limit}까지 받습니다.', en: 'The answer of {url} is too large. At most {limit} is taken.' },

  // who is who
  bad_did: { status: 422, ko: 'DID {did}를 읽을 수 없습니다. did:web:…을 쓰세요.', en: 'The DID {did} cannot be read. Use did:web:….' },
  did_unresolved: { status: 502, ko: '{did}의 DID 문서를 확인할 수 없습니다({why}). 상대의 DID와 서버를 확인하세요.', en: 'The DID document of {did} cannot be checked ({why}). Check the DID and the other server.' },
  token_missing: { status: 401, ko: '인증 토큰이 없습니다. Authorization 헤더에 DID로 서명한 토큰을 넣으세요.', en: 'There is no token. Put one signed by your DID into the Authorization header.' },
  token_invalid: { status: 401, ko: '인증 토큰을 확인할 수 없습니다({why}). DID 문서의 키로 서명한 토큰을 보내세요.', en: 'The token cannot be verified ({why}). Send one signed by a key of your DID document.' },
  token_expired: { status: 401, ko: '인증 토큰의 시간이 지났습니다. 새 토큰을 보내고 두 서버의 시계를 확인하세요.', en: 'The token has expired. Send a new one, and check both clocks.' },
  token_audience: { status: 401, ko: '다른 참여기업에게 보낸 토큰입니다. aud에 이 참여기업의 DID를 넣으세요.', en: 'The token is for another participant. Put the DID of this one into aud.' },
  token_reused: { status: 401, ko: '이미 쓴 토큰입니다. 요청마다 새 토큰(jti)을 보내세요.', en: 'The token was used before. Send a new one (jti) with each request.' },
  credential_invalid: { status: 422, ko: '증명서를 확인할 수 없습니다: {why}', en: 'The credential cannot be verified: {why}' },
  credential_not_ours: { status: 422, ko: '다른 기업({holder})의 증명서입니다. 우리 기업에 발급된 증명서를 넣으세요.', en: 'This credential belongs to {holder}. Store one that was issued to us.' },
  participant_exists: { status: 409, ko: '참여기업 {id}이(가) 이미 있습니다. 다른 ID를 쓰세요.', en: 'There is a participant {id} already. Use another id.' },
  partner_unknown: { status: 404, ko: '파트너로 등록하지 않은 기업입니다: {did}. 먼저 파트너로 등록하세요.', en: '{did} is not in the address book. Add it as a partner first.' },
  partner_name_taken: { status: 409, ko: '짧은 이름 {name}은(는) 다른 파트너가 쓰고 있습니다. 다른 이름을 쓰세요.', en: 'The short name {name} belongs to another partner. Use another one.' },

  // records
  record_missing: { status: 422, ko: '기록 {id}이(가) 없습니다. 목록에서 골라 다시 시도하세요.', en: 'There is no record {id}. Choose one from the list.' },
  record_not_ours: { status: 422, ko: '기록 {id}은(는) 다른 기업에게 받은 것이라 다시 제공할 수 없습니다. 우리 기록을 고르세요.', en: 'The record {id} was received from another firm and may not be offered on. Choose records of your own.' },
  import_duplicate: { status: 409, ko: '같은 파일을 이미 가져왔습니다({name}, {at}). 바뀐 것이 없어 아무것도 저장하지 않았습니다.', en: 'The same file was imported before ({name}, {at}). Nothing has changed, so nothing was stored.' },
  bom_missing: { status: 422, ko: '{item}의 자재명세가 없습니다. 먼저 자재명세 파일을 가져오세요.', en: 'There is no bill of materials for {item}. Import one first.' },
  view_field_unknown: { status: 422, ko: '공개 범위의 항목 {field}이(가) 기록에 없습니다. 기록에 있는 항목을 고르세요.', en: 'The field {field} of the view is not in the records. Choose fields that are.' },
  view_incomplete: { status: 422, ko: '이 공개 범위로는 상대가 쓸 수 있는 기록이 되지 않습니다. 꼭 있어야 하는 항목을 더하세요: {why_ko}', en: 'With this view the other side gets no usable record. Add the fields that must be there: {why_en}' },

  // exchanges
  filter_unsupported: { status: 400, ko: '카탈로그 요청의 filter를 읽을 수 없습니다: {why}. text, kind, product, class를 쓴 객체나 EDC의 QuerySpec만 쓰세요.', en: 'The filter of a catalogue request cannot be read: {why}. Use objects with text, kind, product, class, or a QuerySpec as an EDC sends it.' },
  dataset_unknown: { status: 404, ko: '데이터셋 {id}이(가) 없거나 볼 수 없습니다. 카탈로그를 다시 확인하세요.', en: 'There is no dataset {id}, or it is not shown to you. Look at the catalogue again.' },
  offer_unknown: { status: 400, ko: '제공 조건 {id}이(가) 카탈로그에 없습니다. 카탈로그를 다시 받아 그 안의 제공 조건으로 요청하세요.', en: 'The offer {id} is not in the catalogue. Fetch the catalogue again and ask for an offer in it.' },
  agreement_unknown: { status: 400, ko: '효력 있는 이용 계약 {id}이(가) 없습니다. 먼저 협상하세요.', en: 'There is no agreement {id} in force. Negotiate first.' },
  agreement_differs: { status: 400, ko: '이용 계약이 협상한 내용과 다릅니다({what}). 제공 기업에 확인하세요.', en: 'The agreement differs from what was negotiated ({what}). Ask the provider.' },
  format_unknown: { status: 400, ko: '전송 방식 {format}은(는) 제공하지 않습니다. 다음 가운데 쓰세요: {known}', en: 'The format {format} is not served. Use one of: {known}' },
  bad_callback: { status: 400, ko: 'callbackAddress {address}(으)로는 답할 수 없습니다. 인터넷에서 닿는 귀사 커넥터의 http(s) 주소를 넣으세요.', en: 'The callbackAddress {address} cannot be answered. Give an http(s) address of your connector that can be reached from outside.' },
  too_many_open: { status: 429, ko: '귀사가 시작해 아직 끝나지 않은 교환이 {limit}건입니다. 그 가운데 일부를 마치거나 종료한 뒤 다시 요청하세요.', en: 'You have {limit} exchanges under way that you have opened. Finish or end some of them, then ask again.' },
  too_many_rounds: { status: 400, ko: '주고받은 메시지가 {limit}건이 되도록 결론이 없어 끝냈습니다. 조건을 상대와 먼저 맞춘 뒤 다시 시작하세요.', en: 'Ended, because {limit} messages have led to no result. Settle the terms with the other side first, then begin again.' },
  pids_differ: { status: 400, ko: '메시지의 providerPid나 consumerPid가 이 교환의 번호와 다릅니다. 두 번호를 확인하세요.', en: 'providerPid or consumerPid of the message is not the one of this exchange. Check both.' },
  nothing_to_accept: { status: 400, ko: '수락할 제안이 없습니다. 마지막 제안은 귀사가 보낸 것입니다.', en: 'There is nothing to accept: the last offer on the table is your own.' },
  peer_refused: { status: 502, ko: '{name}에서 거절했습니다: {why_ko}', en: '{name} refused: {why_en}' },
  peer_unreadable: { status: 502, ko: '{name}의 답을 읽을 수 없습니다: {why_ko}', en: 'The answer of {name} cannot be read: {why_en}' },
  pull_token_invalid: { status: 401, ko: '데이터를 받을 수 있는 토큰이 아닙니다. 새로 전송을 요청하세요.', en: 'This token opens no data. Ask for a new transfer.' },
  pull_token_expired: { status: 401, ko: '데이터 토큰의 시간이 지났습니다. refreshEndpoint에서 새 토큰을 받거나 새로 전송을 요청하세요.', en: 'The token has run out. Get a new one at the refreshEndpoint, or ask for a new transfer.' },
  transfer_not_running: { status: 403, ko: '전송이 진행 중이 아닙니다(상태 {state}). 다시 시작하거나 새로 요청하세요.', en: 'The transfer is not running (state {state}). Resume it or ask for a new one.' },
  terms_not_met: { status: 403, ko: '이용 조건이 지금은 맞지 않습니다. {why_ko}', en: 'The terms do not hold at this moment. {why_en}' },
  pull_refused: { status: 502, ko: '제공 기업이 데이터를 주지 않았습니다(HTTP {status}). 다시 요청하거나 제공 기업에 확인하세요.', en: 'The provider did not give the data (HTTP {status}). Ask again, or ask the provider.' },
  pull_unreadable: { status: 502, ko: '받은 데이터를 읽을 수 없습니다({why}). 제공 기업에 확인하세요.', en: 'The data received cannot be read ({why}). Ask the provider.' },
  data_address_missing: { status: 400, ko: '이 전송 방식({format})에는 데이터를 보낼 주소가 필요합니다. dataAddress에 http(s) endpoint를 넣으세요.', en: 'The format {format} needs an address to send the data to. Put an http(s) endpoint into dataAddress.' },
  data_address_none: { status: 409, ko: '이 전송에는 받을 주소가 없습니다. 진행 중인 PULL 전송에서 다시 시도하세요.', en: 'This transfer has no address to fetch from. Try it on a pull that is running.' },
  push_refused: { status: 502, ko: '받는 기업의 서버가 데이터를 받지 않았습니다(HTTP {status}). 상대에게 확인한 뒤 새로 전송하세요.', en: 'The receiver’s server did not take the data (HTTP {status}). Ask the receiver, then transfer anew.' },
  push_unwanted: { status: 409, ko: '이 전송으로는 데이터를 받지 않습니다. HttpData-PUSH로 요청한 전송인지 확인하세요.', en: 'No data are taken through this transfer. Send only what was asked for as HttpData-PUSH.' },
  passport_taken: { status: 409, ko: '일련번호 {id}의 여권은 다른 제품의 것입니다. 품목의 일련번호를 확인하세요.', en: 'The passport with the serial {id} belongs to another product. Check the serial of the item.' },
  passport_view_closed: { status: 403, ko: '이 공개 범위는 이용 계약을 맺은 기업만 볼 수 있습니다. 공개 여권을 보거나 제조사에 요청하세요.', en: 'This view is for a party with an agreement. See the public passport, or ask the maker.' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** What a client gets of an error, always under the key `error`. */
export interface ErrorBody {
  readonly code: ErrorCode;
  readonly status: number;
  readonly text: Text;
  /** Structured facts that are safe to show, for example the rows of a refused file. */
  readonly data?: unknown;
}

interface ErrorOptions {
  /** Fill the places of the text; shown. */
  values?: Readonly<Record<string, string | number>>;
  /** The text as filled already, of an error that comes from another thread. */
  text?: Text;
  /** Structured facts that are safe to show. */
  data?: unknown;
  /** For the log only; never sent. */
  detail?: string;
  cause?: unknown;
}

/** The only error class that routes, verbs and rules throw on purpose. */
export class MadangError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly text: Text;
  readonly data: unknown;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, options: ErrorOptions = {}) {
    const { status, ko, en } = ERRORS[code];
    const text = options.text ?? fill({ ko, en }, options.values ?? {});
    super(`${code}: ${text.en}`, { cause: options.cause });
    this.name = 'MadangError';
    this.code = code;
    this.status = status;
    this.text = text;
    this.data = options.data;
    this.detail = options.detail;
  }

  get body(): ErrorBody {
    const body = { code: this.code, status: this.status, text: this.text };
    return this.data === undefined ? body : { ...body, data: this.data };
  }
}
