-- Doris' functions that DuckDB lacks or means differently. Each lives in the schema doris; the queries' calls are
-- directed there by name, so a name here never replaces DuckDB's function inside another one of these.

-- helpers
CREATE MACRO doris."millrace_timestamp"(x) AS TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP);
CREATE MACRO doris."millrace_days"(i) AS CASE WHEN typeof(i) = 'INTERVAL' THEN TRY_CAST(CAST(i AS VARCHAR) AS INTERVAL) ELSE to_days(TRY_CAST(CAST(i AS VARCHAR) AS INTEGER)) END;

-- a single text is not covered by the memory limit: a padded one of 2 GB took 4 GB outside it
CREATE MACRO doris."millrace_size"(n) AS CASE WHEN n > 67108864 THEN CAST(error('a text of more than 67108864 characters is asked for: ask for less') AS BIGINT) ELSE CAST(n AS BIGINT) END;

-- CAST
CREATE MACRO doris."to_tinyint"(x) AS CASE WHEN typeof(x) LIKE 'DECIMAL%' OR typeof(x) IN ('DOUBLE', 'FLOAT') THEN TRY_CAST(trunc(TRY_CAST(x AS DOUBLE)) AS TINYINT) ELSE TRY_CAST(x AS TINYINT) END;
CREATE MACRO doris."to_smallint"(x) AS CASE WHEN typeof(x) LIKE 'DECIMAL%' OR typeof(x) IN ('DOUBLE', 'FLOAT') THEN TRY_CAST(trunc(TRY_CAST(x AS DOUBLE)) AS SMALLINT) ELSE TRY_CAST(x AS SMALLINT) END;
CREATE MACRO doris."to_integer"(x) AS CASE WHEN typeof(x) LIKE 'DECIMAL%' OR typeof(x) IN ('DOUBLE', 'FLOAT') THEN TRY_CAST(trunc(TRY_CAST(x AS DOUBLE)) AS INTEGER) ELSE TRY_CAST(x AS INTEGER) END;
CREATE MACRO doris."to_bigint"(x) AS CASE WHEN typeof(x) LIKE 'DECIMAL%' OR typeof(x) IN ('DOUBLE', 'FLOAT') THEN TRY_CAST(trunc(TRY_CAST(x AS DECIMAL(38, 10))) AS BIGINT) ELSE TRY_CAST(x AS BIGINT) END;
CREATE MACRO doris."to_hugeint"(x) AS CASE WHEN typeof(x) LIKE 'DECIMAL%' OR typeof(x) IN ('DOUBLE', 'FLOAT') THEN TRY_CAST(trunc(TRY_CAST(x AS DOUBLE)) AS HUGEINT) ELSE TRY_CAST(x AS HUGEINT) END;

-- now; the statement's start, in UTC
CREATE MACRO doris."now"() AS CAST(system.main.date_trunc('second', timezone('UTC', get_current_timestamp())) AS TIMESTAMP_S), (p) AS timezone('UTC', get_current_timestamp());
CREATE MACRO doris."sysdate"() AS CAST(system.main.date_trunc('second', timezone('UTC', get_current_timestamp())) AS TIMESTAMP_S);
CREATE MACRO doris."utc_timestamp"() AS CAST(system.main.date_trunc('second', timezone('UTC', get_current_timestamp())) AS TIMESTAMP_S);
CREATE MACRO doris."curdate"() AS CAST(timezone('UTC', get_current_timestamp()) AS DATE);
CREATE MACRO doris."curtime"() AS CAST(system.main.date_trunc('second', timezone('UTC', get_current_timestamp())) AS TIME);

-- dates to and from text and numbers
CREATE MACRO doris."date_format"(d, f) AS millrace_date_format(epoch_us(memory.doris.millrace_timestamp(d)), CASE f WHEN 'yyyy-MM-dd' THEN '%Y-%m-%d' WHEN 'yyyyMMdd' THEN '%Y%m%d' WHEN 'yyyy-MM-dd HH:mm:ss' THEN '%Y-%m-%d %H:%i:%s' ELSE f END);
CREATE MACRO doris."str_to_date"(s, f) AS CAST(make_timestamp(millrace_str_to_date(CAST(s AS VARCHAR), f)) AS TIMESTAMP_S);
CREATE MACRO doris."from_unixtime"(s) AS millrace_date_format(CAST(s AS BIGINT) * 1000000, '%Y-%m-%d %H:%i:%s'), (s, f) AS millrace_date_format(CAST(s AS BIGINT) * 1000000, f);
CREATE MACRO doris."unix_timestamp"() AS CAST(epoch(get_current_timestamp()) AS BIGINT), (d) AS CAST(epoch(memory.doris.millrace_timestamp(d)) AS BIGINT), (d, f) AS millrace_str_to_date(CAST(d AS VARCHAR), f) // 1000000;
CREATE MACRO doris."date"(d) AS CAST(memory.doris.millrace_timestamp(d) AS DATE);
CREATE MACRO doris."to_date"(d) AS CAST(memory.doris.millrace_timestamp(d) AS DATE);
CREATE MACRO doris."makedate"(y, n) AS make_date(y, 1, 1) + CAST(n - 1 AS INTEGER);

-- date arithmetic
CREATE MACRO doris."date_trunc"(d, u) AS CAST(system.main.date_trunc(u, memory.doris.millrace_timestamp(d)) AS TIMESTAMP_S);
CREATE MACRO doris."date_add"(d, i) AS memory.doris.millrace_timestamp(d) + memory.doris.millrace_days(i);
CREATE MACRO doris."date_sub"(d, i) AS memory.doris.millrace_timestamp(d) - memory.doris.millrace_days(i);
CREATE MACRO doris."adddate"(d, i) AS memory.doris.millrace_timestamp(d) + memory.doris.millrace_days(i);
CREATE MACRO doris."subdate"(d, i) AS memory.doris.millrace_timestamp(d) - memory.doris.millrace_days(i);
CREATE MACRO doris."seconds_add"(d, n) AS memory.doris.millrace_timestamp(d) + to_seconds(n);
CREATE MACRO doris."minutes_add"(d, n) AS memory.doris.millrace_timestamp(d) + to_minutes(CAST(n AS INTEGER));
CREATE MACRO doris."hours_add"(d, n) AS memory.doris.millrace_timestamp(d) + to_hours(CAST(n AS INTEGER));
CREATE MACRO doris."days_add"(d, n) AS memory.doris.millrace_timestamp(d) + to_days(CAST(n AS INTEGER));
CREATE MACRO doris."weeks_add"(d, n) AS memory.doris.millrace_timestamp(d) + to_days(CAST(n * 7 AS INTEGER));
CREATE MACRO doris."months_add"(d, n) AS memory.doris.millrace_timestamp(d) + to_months(CAST(n AS INTEGER));
CREATE MACRO doris."years_add"(d, n) AS memory.doris.millrace_timestamp(d) + to_months(CAST(n * 12 AS INTEGER));
CREATE MACRO doris."hours_sub"(d, n) AS memory.doris.millrace_timestamp(d) - to_hours(CAST(n AS INTEGER));
CREATE MACRO doris."days_sub"(d, n) AS memory.doris.millrace_timestamp(d) - to_days(CAST(n AS INTEGER));
CREATE MACRO doris."months_sub"(d, n) AS memory.doris.millrace_timestamp(d) - to_months(CAST(n AS INTEGER));
CREATE MACRO doris."datediff"(a, b) AS system.main.date_diff('day', CAST(memory.doris.millrace_timestamp(b) AS DATE), CAST(memory.doris.millrace_timestamp(a) AS DATE));
CREATE MACRO doris."timestampdiff"(u, a, b) AS system.main.date_sub(u, memory.doris.millrace_timestamp(a), memory.doris.millrace_timestamp(b));
CREATE MACRO doris."timestampadd"(u, n, d) AS memory.doris.millrace_timestamp(d) + CASE u WHEN 'second' THEN to_seconds(n) WHEN 'minute' THEN to_minutes(n) WHEN 'hour' THEN to_hours(n) WHEN 'day' THEN to_days(CAST(n AS INTEGER)) WHEN 'week' THEN to_days(CAST(n * 7 AS INTEGER)) WHEN 'month' THEN to_months(CAST(n AS INTEGER)) WHEN 'quarter' THEN to_months(CAST(3 * n AS INTEGER)) WHEN 'year' THEN to_months(CAST(12 * n AS INTEGER)) END;
CREATE MACRO doris."seconds_diff"(a, b) AS system.main.date_sub('second', memory.doris.millrace_timestamp(b), memory.doris.millrace_timestamp(a));
CREATE MACRO doris."minutes_diff"(a, b) AS system.main.date_sub('minute', memory.doris.millrace_timestamp(b), memory.doris.millrace_timestamp(a));
CREATE MACRO doris."hours_diff"(a, b) AS system.main.date_sub('hour', memory.doris.millrace_timestamp(b), memory.doris.millrace_timestamp(a));
CREATE MACRO doris."days_diff"(a, b) AS system.main.date_sub('day', memory.doris.millrace_timestamp(b), memory.doris.millrace_timestamp(a));
CREATE MACRO doris."last_day"(d) AS system.main.last_day(memory.doris.millrace_timestamp(d));
CREATE MACRO doris."convert_tz"(d, a, b) AS timezone(b, timezone(a, memory.doris.millrace_timestamp(d)));

-- parts of dates
CREATE MACRO doris."year"(d) AS system.main.year(memory.doris.millrace_timestamp(d));
CREATE MACRO doris."quarter"(d) AS system.main.quarter(memory.doris.millrace_timestamp(d));
CREATE MACRO doris."month"(d) AS system.main.month(memory.doris.millrace_timestamp(d));
CREATE MACRO doris."day"(d) AS system.main.day(memory.doris.millrace_timestamp(d));
CREATE MACRO doris."dayofmonth"(d) AS system.main.day(memory.doris.millrace_timestamp(d));
CREATE MACRO doris."dayofyear"(d) AS system.main.dayofyear(memory.doris.millrace_timestamp(d));
CREATE MACRO doris."dayofweek"(d) AS system.main.dayofweek(memory.doris.millrace_timestamp(d)) + 1;
CREATE MACRO doris."weekday"(d) AS system.main.isodow(memory.doris.millrace_timestamp(d)) - 1;
CREATE MACRO doris."weekofyear"(d) AS system.main.weekofyear(memory.doris.millrace_timestamp(d));
CREATE MACRO doris."hour"(d) AS system.main.hour(memory.doris.millrace_timestamp(d));
CREATE MACRO doris."minute"(d) AS system.main.minute(memory.doris.millrace_timestamp(d));
CREATE MACRO doris."second"(d) AS system.main.second(memory.doris.millrace_timestamp(d));
CREATE MACRO doris."dayname"(d) AS system.main.dayname(memory.doris.millrace_timestamp(d));
CREATE MACRO doris."monthname"(d) AS system.main.monthname(memory.doris.millrace_timestamp(d));

-- conditions
CREATE MACRO doris."if"(c, a, b) AS CASE WHEN c THEN a ELSE b END;
CREATE MACRO doris."ifnull"(a, b) AS coalesce(a, b);
CREATE MACRO doris."nvl"(a, b) AS coalesce(a, b);
CREATE MACRO doris."isnull"(a) AS a IS NULL;

-- strings; MySQL takes numbers and dates for them too
CREATE MACRO doris."upper"(s) AS upper(CAST(s AS VARCHAR));
CREATE MACRO doris."ucase"(s) AS upper(CAST(s AS VARCHAR));
CREATE MACRO doris."lower"(s) AS lower(CAST(s AS VARCHAR));
CREATE MACRO doris."lcase"(s) AS lower(CAST(s AS VARCHAR));
CREATE MACRO doris."length"(s) AS octet_length(encode(CAST(s AS VARCHAR)));
CREATE MACRO doris."char_length"(s) AS system.main.length(CAST(s AS VARCHAR));
CREATE MACRO doris."concat"(a) AS CAST(a AS VARCHAR), (a, b) AS CAST(a AS VARCHAR) || CAST(b AS VARCHAR), (a, b, c) AS CAST(a AS VARCHAR) || CAST(b AS VARCHAR) || CAST(c AS VARCHAR), (a, b, c, d) AS CAST(a AS VARCHAR) || CAST(b AS VARCHAR) || CAST(c AS VARCHAR) || CAST(d AS VARCHAR), (a, b, c, d, e) AS CAST(a AS VARCHAR) || CAST(b AS VARCHAR) || CAST(c AS VARCHAR) || CAST(d AS VARCHAR) || CAST(e AS VARCHAR), (a, b, c, d, e, f) AS CAST(a AS VARCHAR) || CAST(b AS VARCHAR) || CAST(c AS VARCHAR) || CAST(d AS VARCHAR) || CAST(e AS VARCHAR) || CAST(f AS VARCHAR), (a, b, c, d, e, f, g) AS CAST(a AS VARCHAR) || CAST(b AS VARCHAR) || CAST(c AS VARCHAR) || CAST(d AS VARCHAR) || CAST(e AS VARCHAR) || CAST(f AS VARCHAR) || CAST(g AS VARCHAR), (a, b, c, d, e, f, g, h) AS CAST(a AS VARCHAR) || CAST(b AS VARCHAR) || CAST(c AS VARCHAR) || CAST(d AS VARCHAR) || CAST(e AS VARCHAR) || CAST(f AS VARCHAR) || CAST(g AS VARCHAR) || CAST(h AS VARCHAR);
CREATE MACRO doris."locate"(a, b) AS instr(b, a), (a, b, p) AS CASE WHEN instr(substr(b, p), a) = 0 THEN 0 ELSE instr(substr(b, p), a) + p - 1 END;
CREATE MACRO doris."substring_index"(s, d, n) AS CASE WHEN n >= 0 THEN array_to_string(string_split(s, d)[1:CAST(n AS INTEGER)], d) ELSE array_to_string(string_split(s, d)[greatest(1, len(string_split(s, d)) + CAST(n AS INTEGER) + 1):], d) END;
CREATE MACRO doris."strleft"(s, n) AS system.main."left"(s, n);
CREATE MACRO doris."strright"(s, n) AS system.main."right"(s, n);
CREATE MACRO doris."space"(n) AS repeat(' ', memory.doris.millrace_size(n));
CREATE MACRO doris."repeat"(s, n) AS repeat(CAST(s AS VARCHAR), memory.doris.millrace_size(n));
CREATE MACRO doris."lpad"(s, n, p) AS lpad(CAST(s AS VARCHAR), CAST(memory.doris.millrace_size(n) AS INTEGER), p);
CREATE MACRO doris."rpad"(s, n, p) AS rpad(CAST(s AS VARCHAR), CAST(memory.doris.millrace_size(n) AS INTEGER), p);
CREATE MACRO doris."find_in_set"(a, b) AS coalesce(list_position(string_split(b, ','), a), 0);
CREATE MACRO doris."regexp"(s, p) AS regexp_matches(s, p);
CREATE MACRO doris."regexp_extract"(s, p, n) AS system.main.regexp_extract(s, p, CAST(n AS INTEGER));
CREATE MACRO doris."regexp_replace"(s, p, r) AS system.main.regexp_replace(s, p, r, 'g');
CREATE MACRO doris."split_by_string"(s, d) AS string_split(s, d);
CREATE MACRO doris."money_format"(x) AS format('{:,.2f}', CAST(x AS DOUBLE));
CREATE MACRO doris."md5sum"(s) AS md5(s);

-- numbers
CREATE MACRO doris."truncate"(x, d) AS trunc(CAST(x AS DOUBLE) * power(10, d)) / power(10, d);
CREATE MACRO doris."rand"() AS random();

-- JSON
CREATE MACRO doris."get_json_string"(j, p) AS json_extract_string(j, p);
CREATE MACRO doris."get_json_int"(j, p) AS TRY_CAST(json_extract_string(j, p) AS INTEGER);
CREATE MACRO doris."get_json_bigint"(j, p) AS TRY_CAST(json_extract_string(j, p) AS BIGINT);
CREATE MACRO doris."get_json_double"(j, p) AS TRY_CAST(json_extract_string(j, p) AS DOUBLE);
CREATE MACRO doris."json_extract_int"(j, p) AS TRY_CAST(json_extract_string(j, p) AS INTEGER);
CREATE MACRO doris."json_extract_bigint"(j, p) AS TRY_CAST(json_extract_string(j, p) AS BIGINT);
CREATE MACRO doris."json_extract_double"(j, p) AS TRY_CAST(json_extract_string(j, p) AS DOUBLE);
CREATE MACRO doris."json_unquote"(j) AS CASE WHEN CAST(j AS VARCHAR) LIKE '"%"' THEN json_extract_string(CAST(j AS VARCHAR), '$') ELSE CAST(j AS VARCHAR) END;

-- aggregates
CREATE MACRO doris."ndv"(x) AS approx_count_distinct(x);
CREATE MACRO doris."percentile"(x, p) AS quantile_cont(x, p);
CREATE MACRO doris."percentile_approx"(x, p) AS approx_quantile(x, CAST(p AS FLOAT));
CREATE MACRO doris."collect_list"(x) AS list(x);
CREATE MACRO doris."collect_set"(x) AS list(DISTINCT x);
CREATE MACRO doris."stddev"(x) AS stddev_pop(x);
CREATE MACRO doris."variance"(x) AS var_pop(x);

-- lists and maps
CREATE MACRO doris."array"(a) AS [a], (a, b) AS [a, b], (a, b, c) AS [a, b, c], (a, b, c, d) AS [a, b, c, d];
CREATE MACRO doris."array_size"(x) AS len(x);
CREATE MACRO doris."size"(x) AS len(x);
CREATE MACRO doris."array_join"(a, s) AS array_to_string(a, s);
CREATE MACRO doris."array_sum"(a) AS list_sum(a);
CREATE MACRO doris."array_max"(a) AS list_max(a);
CREATE MACRO doris."array_min"(a) AS list_min(a);
CREATE MACRO doris."l2_distance"(a, b) AS list_distance(a, b);
CREATE MACRO doris."inner_product"(a, b) AS list_inner_product(a, b);
CREATE MACRO doris."cosine_similarity"(a, b) AS list_cosine_similarity(a, b);
CREATE MACRO doris."cosine_distance"(a, b) AS 1 - list_cosine_similarity(a, b);
