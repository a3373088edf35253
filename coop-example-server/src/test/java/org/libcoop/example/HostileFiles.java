package org.libcoop.example;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Content.FileDetails;

/** Files that somebody sends on purpose, each with what becomes of it: the name and type under which it is shared, or why it is not. */
final class HostileFiles {

    /** One of them. */
    static final class Case {
        private final String what;
        private final String name;
        private final byte[] content;
        private final @Nullable String shown;
        private final @Nullable String type;

        Case(String what, String name, byte[] content, @Nullable String shown, @Nullable String type) {
            this.what = what;
            this.name = name;
            this.content = content;
            this.shown = shown;
            this.type = type;
        }

        String name() {
            return name;
        }

        byte[] content() {
            return content;
        }

        /** The name and type it is shared under; null where it is refused as {@code file-type}. */
        @Nullable
        FileDetails shown() {
            return shown == null || type == null ? null : new FileDetails(shown, type);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static final String TEXT = "text/plain";
    private static final String PNG_HEAD = "\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR";
    private static final byte[] PNG = latin(PNG_HEAD + "\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0001\b\u0006");
    private static final byte[] GIF = latin("GIF89a\u0001\u0000\u0001\u0000\u0080\u0000\u0000");
    private static final byte[] JPEG = latin("\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF\u0000\u0001");
    private static final byte[] PDF = latin("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n");

    private final List<Case> cases = new ArrayList<>();

    static List<Case> all() {
        HostileFiles files = new HostileFiles();
        files.whatMayBeShared();
        files.names();
        files.liars();
        files.programs();
        files.archives();
        files.documents();
        return files.cases;
    }

    private void shared(String what, String name, byte[] content, String shown, String type) {
        cases.add(new Case(what, name, content, shown, type));
    }

    private void refused(String what, String name, byte[] content) {
        cases.add(new Case(what, name, content, null, null));
    }

    private void whatMayBeShared() {
        shared("an image", "map.png", PNG, "map.png", "image/png");
        shared("a photograph", "map.JPG", JPEG, "map.JPG", "image/jpeg");
        shared("an animation", "map.gif", GIF, "map.gif", "image/gif");
        shared("a WebP image", "map.webp", latin("RIFF$\u0000\u0000\u0000WEBPVP8 "), "map.webp", "image/webp");
        shared("a PDF", "paper.pdf", PDF, "paper.pdf", "application/pdf");
        shared("a note", "note.txt", latin("The library opens at 9.\n"), "note.txt", TEXT);
        shared("a table", "hours.csv", latin("day,from,to\nMon,9,5\n"), "hours.csv", TEXT);
        shared("a text of other letters", "図.txt", "図書館は九時に開きます。\n".getBytes(StandardCharsets.UTF_8), "図.txt", TEXT);
        shared(
                "a recording",
                "screen.mp4",
                latin("\u0000\u0000\u0000\u0018ftypisom\u0000\u0000\u0002\u0000"),
                "screen.mp4",
                "video/mp4");
        shared("another recording", "screen.webm", webm("webm"), "screen.webm", "video/webm");
        refused("a film in another container", "screen.webm", webm("matroska"));
        shared("a truncated image", "cut.png", latin("\u0089PNG\r\n\u001a\n"), "cut.png", "image/png");
    }

    private void names() {
        shared("a path", "../../etc/passwd", PNG, "passwd.png", "image/png");
        shared("a path of Windows", "..\\..\\boot.ini", PNG, "boot.ini.png", "image/png");
        shared("a name with a NUL", "map.exe\u0000.png", PNG, "map.exe.png", "image/png");
        shared("a name that turns direction", "inv\u202Egnp.exe", PNG, "invgnp.exe.png", "image/png");
        shared("a device of Windows", "CON", PNG, "_CON.png", "image/png");
        shared("a device with an ending", "nul.png", PNG, "_nul.png", "image/png");
        shared("a very long name", "x".repeat(5000) + ".png", PNG, "x".repeat(251) + ".png", "image/png");
        shared(
                "a long name of two units a letter",
                "\uD83D\uDE00".repeat(200),
                PNG,
                "\uD83D\uDE00".repeat(125) + ".png",
                "image/png");
        shared("half a letter", "a\uD83D.png", PNG, "a_.png", "image/png");
        shared("no name", "", PNG, "file.png", "image/png");
        shared("a name of dots", "...", PNG, "file.png", "image/png");
        shared("a hidden stream", "map.png:evil.exe", PNG, "map.png_evil.exe.png", "image/png");
        shared("a name with lines", "a\r\nSet-Cookie: x.png", PNG, "aSet-Cookie_ x.png", "image/png");
        shared("a name with quotes", "a\";filename=b.html.png", PNG, "a_;filename=b.html.png", "image/png");
        shared(
                "a name in markup",
                "<img src=x onerror=alert(1)>.png",
                PNG,
                "_img src=x onerror=alert(1)_.png",
                "image/png");
        shared("two endings", "map.png.exe", PNG, "map.png.exe.png", "image/png");
        shared("a dot at the end", "map.exe.", PNG, "map.exe.png", "image/png");
    }

    private void liars() {
        shared("an image called a page", "map.html", PNG, "map.html.png", "image/png");
        shared("an image called a program", "map.exe", JPEG, "map.exe.jpg", "image/jpeg");
        refused("a page called an image", "map.png", latin("<!DOCTYPE html><html><script>alert(1)</script></html>"));
        refused("a page after white space", "map.png", latin("\n\n   <html><body onload=alert(1)>"));
        refused(
                "a drawing with a script",
                "map.svg",
                latin("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"));
        refused(
                "a drawing called an image",
                "map.png",
                latin("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"));
        refused(
                "XML",
                "a.txt",
                latin("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"));
        shared("an image that is a script, too", "a.gif", latin("GIF89a=1;alert(1);/*"), "a.gif", "image/gif");
        shared("an image with an archive behind", "a.hta", join(GIF, zip("A.class", "x")), "a.hta.gif", "image/gif");
        refused("a PDF with a page before", "a.pdf", join(latin("<html><script>alert(1)</script>\n"), PDF));
        refused("a PDF with something before", "a.pdf", join(latin("\u0001\u0002\u0003\u0004"), PDF));
        refused("an image with something before", "a.png", join(latin("\u0000"), PNG));
        refused("a text with bytes behind", "a.txt", join(latin("text ".repeat(40_000)), new byte[] {0, 1, 2}));
        refused("nothing", "empty.txt", new byte[0]);
        refused("noise", "noise.png", noise());
    }

    private void programs() {
        refused("a program of Windows", "a.txt", join(latin("MZ\u0090\u0000\u0003\u0000\u0000\u0000"), new byte[200]));
        refused("a program of Linux", "a.txt", join(latin("\u007fELF\u0002\u0001\u0001\u0000"), new byte[60]));
        refused("a class", "a.png", latin("\u00ca\u00fe\u00ba\u00be\u0000\u0000\u0000=\u0000\u0010"));
        refused("a shell script", "a.txt", latin("#!/bin/sh\nrm -rf ~\n"));
        refused("a script of PHP", "a.txt", latin("<?php system($_GET['c']); ?>\n"));
        refused(
                "a link of Windows",
                "a.png",
                join(latin("L\u0000\u0000\u0000\u0001\u0014\u0002\u0000"), new byte[100]));
        refused("an application in HTML", "a.txt", latin("<html><head><HTA:APPLICATION ID=\"x\"></head></html>"));
        shared("a script of PowerShell, which is text", "a.ps1", latin("Write-Host 'hello'\n"), "a.ps1.txt", TEXT);
        refused("a batch file", "a.txt", latin("@echo off\r\ndel *.*\r\n"));
        refused("an installer", "a.msi", compound("SummaryInformation", "Property"));
    }

    private void archives() {
        refused("an archive", "a.docx", zip("readme.txt", "x"));
        refused("an archive of Java", "a.docx", zip("META-INF/MANIFEST.MF", "x", "A.class", "x"));
        refused("the head of a zip bomb", "a.docx", latin("PK\u0003\u0004\u0014\u0000\u0000\u0000\b\u0000"));
        refused("a zip bomb", "a.docx", zip("[Content_Types].xml", "0".repeat(5_000_000), "word/document.xml", "x"));
        refused("a tape archive", "a.txt", tar());
        refused("something packed", "a.txt", latin("\u001f\u008b\b\u0000\u0000\u0000\u0000\u0000"));
        refused("a book", "a.odt", zip("mimetype", "application/epub+zip", "META-INF/container.xml", "x"));
    }

    private void documents() {
        String kinds = "<Override ContentType=\"" + WORD + ".main+xml\"/>";
        shared(
                "a text document",
                "a.docx",
                zip("[Content_Types].xml", kinds, "word/document.xml", "x"),
                "a.docx",
                WORD);
        shared(
                "a document called a page",
                "a.html",
                zip("[Content_Types].xml", kinds, "word/document.xml", "x"),
                "a.html.docx",
                WORD);
        refused(
                "a document with macros",
                "a.docx",
                zip("[Content_Types].xml", kinds, "word/document.xml", "x", "word/vbaProject.bin", "x"));
        refused(
                "a document that says it has macros",
                "a.docm",
                zip(
                        "[Content_Types].xml",
                        "<Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/>",
                        "word/document.xml",
                        "x"));
        refused(
                "a document with a program",
                "a.docx",
                zip("[Content_Types].xml", kinds, "word/document.xml", "x", "setup.exe", "MZ"));
        refused(
                "a document with bytes behind",
                "a.docx",
                join(zip("[Content_Types].xml", kinds, "word/document.xml", "x"), latin("<html>")));
        String odt = "application/vnd.oasis.opendocument.text";
        shared("an open document", "a.odt", zip("mimetype", odt, "META-INF/manifest.xml", "x"), "a.odt", odt);
        refused(
                "an open document with macros",
                "a.odt",
                zip("mimetype", odt, "META-INF/manifest.xml", "x", "Basic/script-lc.xml", "x"));
        shared("an older document", "a.doc", compound("WordDocument", "1Table"), "a.doc", "application/msword");
        refused("an older document with macros", "a.doc", compound("WordDocument", "_VBA_PROJECT"));
    }

    // ---- How they are made

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] noise() {
        byte[] noise = new byte[2000];
        new java.util.Random(3).nextBytes(noise);
        return noise;
    }

    private static byte[] webm(String type) {
        return join(
                latin("\u001aE\u00df\u00a3\u009fB\u0086\u0081\u0001B\u0082"),
                latin((char) (0x80 + type.length()) + type));
    }

    /** A tape archive has its mark in the middle of its first block. */
    private static byte[] tar() {
        byte[] block = new byte[1024];
        System.arraycopy(latin("a.txt"), 0, block, 0, 5);
        System.arraycopy(latin("ustar\u0000" + "00"), 0, block, 257, 8);
        return block;
    }

    /** Names and contents, in turn. A first entry {@code mimetype} is not packed. */
    private static byte[] zip(String... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < parts.length; i += 2) {
                ZipEntry entry = new ZipEntry(parts[i]);
                byte[] content = parts[i + 1].getBytes(StandardCharsets.UTF_8);
                if (parts[i].equals("mimetype")) {
                    CRC32 sum = new CRC32();
                    sum.update(content);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(content.length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** A compound file: its head, a table of sectors, and a directory with these streams. */
    private static byte[] compound(String... streams) {
        ByteBuffer file = ByteBuffer.allocate(3 * 512).order(ByteOrder.LITTLE_ENDIAN);
        file.put(latin("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"));
        file.putShort(26, (short) 3)
                .putShort(28, (short) 0xfffe)
                .putShort(30, (short) 9)
                .putShort(32, (short) 6);
        file.putInt(44, 1)
                .putInt(48, 1)
                .putInt(56, 4096)
                .putInt(60, -2)
                .putInt(68, -2)
                .putInt(76, 0);
        for (int i = 1; i < 109; i++) {
            file.putInt(76 + 4 * i, -1);
        }
        file.putInt(512, -3).putInt(516, -2);
        for (int i = 2; i < 128; i++) {
            file.putInt(512 + 4 * i, -1);
        }
        List<String> names = new ArrayList<>(List.of("Root Entry"));
        names.addAll(Arrays.asList(streams));
        for (int i = 0; i < names.size(); i++) {
            byte[] name = names.get(i).getBytes(StandardCharsets.UTF_16LE);
            file.position(1024 + 128 * i);
            file.put(name);
            file.putShort(1024 + 128 * i + 64, (short) (name.length + 2));
            file.put(1024 + 128 * i + 66, (byte) (i == 0 ? 5 : 2));
        }
        return file.array();
    }
}
