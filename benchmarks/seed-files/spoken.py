"""Spoken notes: espeak-ng speaks, lame packs."""

import array
import io
import subprocess
import wave


def wav(text: str, voice="en-gb", speed=150, rate=16000) -> bytes:
    """Mono, 16 bit, at the rate asked for, which has to be below espeak-ng's 22,050."""
    spoken = subprocess.run(
        ["espeak-ng", "-v", voice, "-s", str(speed), "--stdout", text], check=True, capture_output=True).stdout
    # The header of a stream has no length: what follows it counts.
    samples = array.array("h", spoken[44 : 44 + (len(spoken) - 44) // 2 * 2])
    step = 22050 / rate
    out, at = array.array("h"), 0.0
    while at < len(samples) - 1:
        whole, part = int(at), at % 1
        out.append(round(samples[whole] * (1 - part) + samples[whole + 1] * part))
        at += step
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(out.tobytes())
    return stream.getvalue()


def mp3(text: str, voice="en-gb", speed=150) -> bytes:
    return subprocess.run(
        ["lame", "--quiet", "-m", "m", "-b", "32", "--resample", "16", "-", "-"],
        input=wav(text, voice, speed), check=True, capture_output=True).stdout
