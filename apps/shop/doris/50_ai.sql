-- Doris' AI functions ask the inference gateway, so their calls are in the ledger and within the budgets too:
-- SELECT ai_classify('gateway', body, ['delivery', 'refund', 'other']) FROM lake.shop.tickets LIMIT 1.
-- Doris asks for a key; the gateway wants one only where it is set up so: then put a placeholder for a secret of app.yaml here.
CREATE RESOURCE IF NOT EXISTS 'gateway' PROPERTIES (
  'type' = 'ai',
  'ai.provider_type' = 'openai',
  'ai.endpoint' = '${env:MILLRACE_GATEWAY}/chat/completions',
  'ai.model_name' = 'chat',
  'ai.api_key' = 'none',
  'ai.temperature' = '0'
);

ALTER RESOURCE 'gateway' PROPERTIES ('ai.endpoint' = '${env:MILLRACE_GATEWAY}/chat/completions');
