package edu.example.library;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class LibraryPlatform {

    public static void main(String[] args) {
        SpringApplication.run(LibraryPlatform.class, args);
    }
}
