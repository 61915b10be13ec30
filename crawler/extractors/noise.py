"""Lines that stand inside an article's body and are none of its words."""

from __future__ import annotations

import re

MAX_LINE = 400  # a longer line is prose, whatever it begins with

# Each matches a whole line from its beginning.
NOISE = (
    # pointers to other articles
    r"(baca|lihat|simak|tonton|saksikan|dengarkan)\s*(juga|pula)\b",
    r"(baca|lihat|simak|tonton|saksikan)\s+(selengkapnya|selanjutnya|berita (lain|terkait|selengkapnya))",
    r"(baca|simak|lihat|tonton|saksikan)\s*:",
    r"(simak|tonton|saksikan|lihat)\s+(video|foto|infografis)\b.{0,120}(:|ini|berikut|halaman)",
    r"(berita|artikel|topik) (terkait|lainnya|menarik lainnya)\s*:?$",
    r"(terkait|rekomendasi|pilihan redaksi|see also|read also|also read|related( articles?| stories)?)\s*:",
    r"simak .{0,60}\b(lainnya|populer)\b.{0,20}$",
    r"(read more|selengkapnya)\s*:?$",
    # channels and applications
    r"(ikuti|follow|dapatkan|simak|gabung|join|cek|baca|klik|update|yuk|mau|ingin)\b.{0,160}"
    r"(whatsapp|google news|telegram|saluran|channel|kanal youtube)\b",
    r"cek berita dan artikel",
    r"(bagikan|share)( (ini|artikel|berita|this))*\s*:?$",
    r"(follow|ikuti) (kami|us)\b",
    # advertising and reading aids
    r"(advertisement|iklan|advertorial|adv|sponsored)$",
    r"(scroll (to|untuk)|lanjutkan membaca)\b.{0,60}$",
    r"\W*gambas\s*:",
    r"(halaman|page)( selanjutnya| berikutnya| sebelumnya)?[\s:\d/]*((dari|of) \d+)?\s*(tampilkan semua|show all)?$",
    r"halaman\s*:.{0,60}$",
    r"(selanjutnya|berikutnya|sebelumnya|next|prev|tampilkan semua|show all|lihat semua)$",
    # who took a picture, wrote the text, and whose it is
    r".{0,150}[\s(](foto|photo|dok\.?)\s?: ?[^.]{2,60}$",
    r"\W*(pewarta|reporter|penulis|editor|redaktur|penyunting|uploader|penerjemah|kontributor)\s*:.{0,200}$",
    r"(copyright|hak cipta|©|\(c\))",
    r"dilarang (keras )?(mengambil|menyalin|memperbanyak|mengutip)\b",
    r"(seluruh|semua) hak (cipta )?dilindungi",
    r"all rights? reserved",
    r"(tags?|topik|kata kunci|keywords?)\s*:",
)
LINE = re.compile("|".join(f"(?:{pattern})" for pattern in NOISE), re.IGNORECASE)


def is_noise(line: str) -> bool:
    """Whether a line of a body is a pointer, an advertisement, a credit or a notice."""
    return len(line) <= MAX_LINE and bool(LINE.match(line.lstrip("-–—•>»[(*# ")))
