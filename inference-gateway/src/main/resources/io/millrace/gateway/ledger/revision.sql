-- The revision a model had when it last answered.
SELECT model_revision FROM inference_calls WHERE model = ? AND status = 'done' ORDER BY call_id DESC LIMIT 1
